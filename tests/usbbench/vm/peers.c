/* Runs on the host beside QEMU: puts a social security card into QEMU's own card reader (the
 * protocol of its ccid-card-passthru, whose numbers are big-endian) and types a hospital card's
 * code on QEMU's own keyboard, again and again until QEMU ends. peers CARD_SOCKET MONITOR_SOCKET */
#include <arpa/inet.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "tests/usbbench/smart_card.h"

#define PATIENCE_MS 20000
#define TYPE_EVERY_MS 2000
#define DATA_MAX 512

enum { INIT = 1, ERROR, READER_ADD, READER_REMOVE, ATR, CARD_REMOVE, APDU };
struct head {
    uint32_t type, reader, length;
};

static int connect_to(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    for (int waited = 0; waited < PATIENCE_MS; waited += 50) {
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connect(fd, (const struct sockaddr *)&address, sizeof address) == 0)
            return fd;
        close(fd);
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    }
    perror(path);
    return -1;
}

static bool send_message(int fd, uint32_t type, const void *data, size_t length) {
    uint8_t message[sizeof(struct head) + DATA_MAX];
    struct head head = {htonl(type), 0, htonl((uint32_t)length)};
    memcpy(message, &head, sizeof head);
    if (length)
        memcpy(message + sizeof head, data, length);
    ssize_t size = (ssize_t)(sizeof head + length);
    return send(fd, message, (size_t)size, MSG_NOSIGNAL) == size;
}

static bool introduce(int fd) {
    /* "VSCD", version 0.0.2, no capabilities */
    const uint32_t init[] = {*(const uint32_t *)"VSCD", htonl(2), 0};
    return send_message(fd, INIT, init, sizeof init) && send_message(fd, READER_ADD, "bench", 6);
}

static bool serve_card(int fd, struct smart_card *card, bool *inserted) {
    struct head head;
    uint8_t data[DATA_MAX], answer[300];
    if (recv(fd, &head, sizeof head, MSG_WAITALL) != sizeof head)
        return false;
    size_t length = ntohl(head.length);
    if (length > sizeof data || (length && recv(fd, data, length, MSG_WAITALL) != (ssize_t)length))
        return false;
    switch (ntohl(head.type)) {
    case ERROR: /* "success": the reader is there */
        if (*inserted)
            return true;
        *inserted = true;
        return send_message(fd, ATR, answer, smart_card_reset(card, answer));
    case APDU:
        return send_message(fd, APDU, answer, smart_card_apdu(card, data, length, answer));
    default:
        return true;
    }
}

static bool type_code(int fd) {
    static const char keys[] = "sendkey shift-c\nsendkey 1\nsendkey 0\nsendkey 0\nsendkey 0\n"
                               "sendkey 0\nsendkey 0\nsendkey 0\nsendkey 1\nsendkey ret\n";
    return send(fd, keys, sizeof keys - 1, MSG_NOSIGNAL) == (ssize_t)sizeof keys - 1;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: peers CARD_SOCKET MONITOR_SOCKET\n");
        return 2;
    }
    int reader = connect_to(argv[1]), monitor = connect_to(argv[2]);
    struct smart_card card;
    bool inserted = false, good = reader >= 0 && monitor >= 0 && smart_card_make(&card, "social");
    good = good && introduce(reader);
    while (good) {
        struct pollfd polls[] = {{.fd = reader, .events = POLLIN},
                                 {.fd = monitor, .events = POLLIN}};
        char said[4096];
        int ready = poll(polls, 2, TYPE_EVERY_MS);
        if (ready == 0)
            good = type_code(monitor);
        if (ready > 0 && polls[0].revents)
            good = serve_card(reader, &card, &inserted);
        if (ready > 0 && polls[1].revents)
            good = good && recv(monitor, said, sizeof said, 0) > 0;
    }
    return inserted ? 0 : 1;
}
