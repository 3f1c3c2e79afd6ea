/* Addresses: where plain http may go. */
#include <string.h>

#include "app/config/section.h"

static bool is_loopback(const char *host) {
    size_t length = host[0] == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/");
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i]) == length && strncmp(names[i], host, length) == 0)
            return true;
    return false;
}

bool config_check_url(struct config_loading *loading, const char *path, const char *url) {
    if (url[0] == '\0')
        return true;
    bool secure = strncmp(url, "https://", 8) == 0, plain = strncmp(url, "http://", 7) == 0;
    if ((!secure && !plain) || strpbrk(url, " \t\r\n@?#") != NULL || strlen(url) > 200)
        return config_wrong(loading, path, "https://host[:port][/path]", url);
    if (plain && !is_loopback(url + 7) && !config_allows_plain(loading->config))
        return config_wrong(loading, path,
                            "https:// (http:// leaves this machine only with allow_plain)", url);
    return true;
}
