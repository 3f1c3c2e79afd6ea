/* `addresses`: the addresses that the configuration names, and those of the name servers, as a
 * drop-in for systemd: the terminal may talk to nobody else. */
#include <cjson/cJSON.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "app/ctl/ctl.h"

#define ADDRESSES_MAX 128
#define HOST_SIZE 256

struct addresses {
    int count;
    char items[ADDRESSES_MAX][NI_MAXHOST];
};

static void add_address(struct addresses *addresses, const char *text) {
    for (int i = 0; i < addresses->count; i++)
        if (strcmp(addresses->items[i], text) == 0)
            return;
    if (addresses->count < ADDRESSES_MAX)
        snprintf(addresses->items[addresses->count++], NI_MAXHOST, "%s", text);
}

/* "https://host:8443/path" -> "host"; "[::1]" loses its brackets. */
static void host_of_url(const char *url, char host[HOST_SIZE]) {
    const char *begin = strstr(url, "://");
    begin = begin == NULL ? url : begin + 3;
    bool brackets = begin[0] == '[';
    begin += brackets ? 1 : 0;
    snprintf(host, HOST_SIZE, "%.*s", (int)strcspn(begin, brackets ? "]" : ":/"), begin);
}

static enum ctl_exit resolve_host(struct addresses *addresses, const char *host) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
    int error = getaddrinfo(host, NULL, &hints, &found);
    if (error != 0)
        return ctl_say(CTL_FAILED, "%s: %s", host, gai_strerror(error));
    for (const struct addrinfo *one = found; one != NULL; one = one->ai_next) {
        char text[NI_MAXHOST];
        if (getnameinfo(one->ai_addr, one->ai_addrlen, text, sizeof text, NULL, 0,
                        NI_NUMERICHOST) == 0)
            add_address(addresses, text);
    }
    freeaddrinfo(found);
    return CTL_OK;
}

/* Every address is a text that begins so, wherever it stands. */
static enum ctl_exit resolve_tree(struct addresses *addresses, const cJSON *tree) {
    char host[HOST_SIZE];
    const char *text = cJSON_GetStringValue(tree);
    if (text != NULL && (strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0)) {
        host_of_url(text, host);
        return resolve_host(addresses, host);
    }
    for (const cJSON *item = tree->child; item != NULL; item = item->next)
        if (resolve_tree(addresses, item) != CTL_OK)
            return CTL_FAILED;
    return CTL_OK;
}

/* The file alone: root asks before the service has run, and without its credentials. */
static enum ctl_exit resolve_file(struct addresses *addresses, const char *path) {
    char *text = NULL;
    size_t size = 0;
    FILE *file = path == NULL ? NULL : fopen(path, "re");
    ssize_t length = file == NULL ? -1 : getdelim(&text, &size, '\0', file);
    if (file != NULL)
        fclose(file);
    cJSON *tree = length > 0 ? cJSON_ParseWithLength(text, (size_t)length) : NULL;
    free(text);
    if (tree == NULL)
        return ctl_say(CTL_REFUSED, "%s: cannot be read as a configuration",
                       path == NULL ? "--config FILE" : path);
    enum ctl_exit code = resolve_tree(addresses, tree);
    cJSON_Delete(tree);
    return code;
}

/* Who is asked for names must be reached too. */
static void add_name_servers(struct addresses *addresses) {
    char line[512], server[NI_MAXHOST];
    FILE *file = fopen("/etc/resolv.conf", "re");
    if (file == NULL)
        return;
    while (fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "nameserver %255[0-9a-fA-F.:]", server) == 1)
            add_address(addresses, server);
    fclose(file);
}

enum ctl_exit ctl_addresses(struct ctl *ctl, int argc, char **argv) {
    static struct addresses addresses;
    (void)argv;
    if (argc != 1)
        return ctl_usage("addresses");
    enum ctl_exit code = resolve_file(&addresses, ctl->config_path);
    if (code != CTL_OK)
        return code;
    add_name_servers(&addresses);
    if (!ctl->json)
        puts("# What kioskctl addresses found: the terminal may talk to nobody else.\n[Service]");
    for (int i = 0; i < addresses.count; i++)
        printf(ctl->json ? "\"%s\"\n" : "IPAddressAllow=%s\n", addresses.items[i]);
    return CTL_OK;
}
