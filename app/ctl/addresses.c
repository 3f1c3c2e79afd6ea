/* `addresses`: the addresses that the configuration names, and those of the name servers, as a
 * drop-in for systemd: the terminal may talk to nobody else. */
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "app/config/section.h"
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

static enum ctl_exit resolve_section(struct addresses *addresses, const struct config_part *part) {
    for (const struct config_row *row = part->section->rows; row->path != NULL; row++) {
        char host[HOST_SIZE];
        if (row->type != CONFIG_URL)
            continue;
        const char *url =
            *(const char *const *)(const void *)((const char *)part->value + row->offset);
        host_of_url(url, host);
        if (host[0] != '\0' && resolve_host(addresses, host) != CTL_OK)
            return CTL_FAILED;
    }
    return CTL_OK;
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
    const struct config *config = ctl_config(ctl);
    if (config == NULL)
        return CTL_REFUSED;
    for (int i = 0; i < config->part_count; i++)
        if (resolve_section(&addresses, &config->parts[i]) != CTL_OK)
            return CTL_FAILED;
    add_name_servers(&addresses);
    if (!ctl->json)
        puts("# What kioskctl addresses found: the terminal may talk to nobody else.\n[Service]");
    for (int i = 0; i < addresses.count; i++)
        printf(ctl->json ? "\"%s\"\n" : "IPAddressAllow=%s\n", addresses.items[i]);
    return CTL_OK;
}
