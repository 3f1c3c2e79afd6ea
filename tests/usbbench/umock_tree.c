#include "tests/usbbench/umock_tree.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define PATH_SIZE 512

/* mkdir -p of root/below. */
static bool make_folders(const char *root, const char *below) {
    char path[PATH_SIZE];
    int length = snprintf(path, sizeof path, "%s/%s", root, below);
    if (length >= (int)sizeof path)
        return false;
    for (char *at = path + strlen(root) + 1;; at++) {
        if (*at && *at != '/')
            continue;
        char kept = *at;
        *at = 0;
        if (mkdir(path, 0755) != 0 && errno != EEXIST)
            return false;
        if (!kept)
            return true;
        *at = kept;
    }
}

static bool write_file(const char *folder, const char *name, const void *bytes, size_t length) {
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file)
        return false;
    bool written = fwrite(bytes, 1, length, file) == length;
    return fclose(file) == 0 && written;
}

static bool write_text(const char *folder, const char *name, const char *text) {
    return write_file(folder, name, text, strlen(text));
}

bool umock_tree_create(const char *root) {
    return make_folders(root, "sys/bus/usb/devices") && make_folders(root, "sys/devices") &&
           make_folders(root, "sys/class") && make_folders(root, "dev/bus/usb/001") &&
           make_folders(root, "ioctl/dev/bus/usb/001") && make_folders(root, "run/udev/data");
}

static int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *ftw) {
    (void)stat, (void)kind, (void)ftw;
    return remove(path);
}

void umock_tree_remove(const char *root) {
    nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static bool create_sysfs(const char *root, const struct umock_node *node,
                         const uint8_t *descriptors, size_t length) {
    char folder[PATH_SIZE], path[PATH_SIZE], text[128];
    snprintf(text, sizeof text, "sys/devices/1-%d", node->port);
    if (!make_folders(root, text))
        return false;
    snprintf(folder, sizeof folder, "%s/sys/devices/1-%d", root, node->port);
    snprintf(path, sizeof path, "%.400s/subsystem", folder);
    if (symlink("../../bus/usb", path) != 0)
        return false;
    snprintf(text, sizeof text,
             "DEVTYPE=usb_device\nDEVNAME=bus/usb/001/%03d\nBUSNUM=001\nDEVNUM=%03d\n",
             node->number, node->number);
    bool written = write_text(folder, "uevent", text);
    snprintf(text, sizeof text, "%d\n", node->number);
    written = written && write_text(folder, "devnum", text) &&
              write_text(folder, "busnum", "1\n") && write_text(folder, "speed", "12\n") &&
              write_text(folder, "bConfigurationValue", "1\n") &&
              write_file(folder, "descriptors", descriptors, length);
    snprintf(path, sizeof path, "%.400s/sys/bus/usb/devices/1-%d", root, node->port);
    snprintf(text, sizeof text, "../../../devices/1-%d", node->port);
    return written && symlink(text, path) == 0;
}

static bool create_node(const char *root, struct umock_node *node) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int length = snprintf(address.sun_path, sizeof address.sun_path,
                          "%s/ioctl/dev/bus/usb/001/%03d", root, node->number);
    if (length >= (int)sizeof address.sun_path)
        return false;
    node->listen = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (node->listen < 0 ||
        bind(node->listen, (const struct sockaddr *)&address, sizeof address) != 0 ||
        listen(node->listen, 8) != 0)
        return false;
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/dev/bus/usb/001/%03d", root, node->number);
    if (mkfifo(path, 0600) != 0)
        return false;
    node->fifo = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    /* One page is one slot: a single byte makes it full for poll(). */
    if (node->fifo < 0 || fcntl(node->fifo, F_SETPIPE_SZ, 4096) < 0)
        return false;
    umock_node_ready(node, false);
    return true;
}

bool umock_node_create(const char *root, struct umock_node *node, const uint8_t *descriptors,
                       size_t length) {
    node->fifo = node->listen = -1;
    return create_node(root, node) && create_sysfs(root, node, descriptors, length);
}

void umock_node_remove(const char *root, const struct umock_node *node) {
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/sys/bus/usb/devices/1-%d", root, node->port);
    unlink(path);
    snprintf(path, sizeof path, "%s/sys/devices/1-%d", root, node->port);
    umock_tree_remove(path);
    snprintf(path, sizeof path, "%s/dev/bus/usb/001/%03d", root, node->number);
    unlink(path);
    snprintf(path, sizeof path, "%s/ioctl/dev/bus/usb/001/%03d", root, node->number);
    unlink(path);
}

void umock_node_close(struct umock_node *node) {
    close(node->listen);
    node->listen = -1;
}

void umock_node_ready(const struct umock_node *node, bool ready) {
    char bytes[64];
    while (read(node->fifo, bytes, sizeof bytes) > 0)
        continue;
    if (!ready && write(node->fifo, "", 1) != 1)
        perror("usbbench: node");
}

/* MurmurHash2 with seed 0: how udev's listeners filter by subsystem and type. */
static uint32_t hash_of(const char *text) {
    const uint32_t mix = 0x5bd1e995;
    size_t length = strlen(text);
    uint32_t hash = (uint32_t)length;
    const uint8_t *at = (const uint8_t *)text;
    for (; length >= 4; at += 4, length -= 4) {
        uint32_t word =
            at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
        word *= mix;
        word ^= word >> 24;
        hash = (hash * mix) ^ (word * mix);
    }
    for (size_t i = length; i-- > 0;)
        hash ^= (uint32_t)at[i] << (8 * i);
    if (length)
        hash *= mix;
    hash ^= hash >> 13;
    hash *= mix;
    return hash ^ hash >> 15;
}

/* The head of a message on udev's own netlink group. */
struct udev_head {
    char prefix[8];
    uint32_t magic, head_size, properties_offset, properties_length, subsystem_hash, type_hash,
        tags_high, tags_low;
};
_Static_assert(sizeof(struct udev_head) == 40, "libudev's head");

static void send_to_listeners(const char *root, const void *bytes, size_t length) {
    char pattern[PATH_SIZE];
    snprintf(pattern, sizeof pattern, "%s/event[0-9]*", root);
    glob_t found;
    if (glob(pattern, GLOB_NOSORT, NULL, &found) != 0)
        return;
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct sockaddr_un address = {.sun_family = AF_UNIX};
        snprintf(address.sun_path, sizeof address.sun_path, "%s", found.gl_pathv[i]);
        int fd = socket(AF_UNIX, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (fd < 0)
            continue;
        if (sendto(fd, bytes, length, 0, (struct sockaddr *)&address, sizeof address) < 0 &&
            errno == ECONNREFUSED)
            unlink(address.sun_path); /* that listener has gone */
        close(fd);
    }
    globfree(&found);
}

void umock_announce(const char *root, const struct umock_node *node, const char *action) {
    static unsigned sequence;
    struct {
        struct udev_head head;
        char properties[512];
    } message = {0};
    int length =
        snprintf(message.properties, sizeof message.properties,
                 "ACTION=%s%cDEVPATH=/devices/1-%d%cSUBSYSTEM=usb%cSEQNUM=%u%c"
                 "DEVNAME=/dev/bus/usb/001/%03d%cDEVTYPE=usb_device%cBUSNUM=001%cDEVNUM=%03d",
                 action, 0, node->port, 0, 0, ++sequence, 0, node->number, 0, 0, 0, node->number) +
        1;
    message.head = (struct udev_head){.prefix = "libudev",
                                      .magic = htonl(0xfeedcafe),
                                      .head_size = sizeof message.head,
                                      .properties_offset = sizeof message.head,
                                      .properties_length = (uint32_t)length,
                                      .subsystem_hash = htonl(hash_of("usb")),
                                      .type_hash = htonl(hash_of("usb_device"))};
    send_to_listeners(root, &message, sizeof message.head + (size_t)length);
}
