#include "app/config/trust.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/config/list.h"

#define PIN_SCHEME "sha256//"
#define PIN_DIGITS 44 /* SHA-256 in base64 */

static bool may_be_read(const char *file) {
    return file[0] == '\0' || access(file, R_OK) == 0;
}

static bool is_private(const char *file) {
    struct stat status;
    return file[0] == '\0' || (stat(file, &status) == 0 && (status.st_mode & 077) == 0);
}

/* "sha256//BASE64", several joined by ';' while keys change. */
static bool is_pin(const char *pin) {
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    if (pin[0] == '\0')
        return true;
    for (;;) {
        if (strncmp(pin, PIN_SCHEME, strlen(PIN_SCHEME)) != 0)
            return false;
        pin += strlen(PIN_SCHEME);
        if (strspn(pin, digits) != PIN_DIGITS)
            return false;
        pin += PIN_DIGITS;
        if (*pin == '\0')
            return true;
        if (*pin++ != ';')
            return false;
    }
}

bool config_check_trust(struct config_loading *loading, const char *prefix,
                        const struct wire_trust *trust) {
    if (!may_be_read(trust->ca_file))
        return config_member_wrong(loading, prefix, "ca_file",
                                   "a file of certificates that can be read", trust->ca_file);
    if (!may_be_read(trust->client_certificate))
        return config_member_wrong(loading, prefix, "client_certificate", "a file that can be read",
                                   trust->client_certificate);
    if ((trust->client_certificate[0] == '\0') != (trust->client_key[0] == '\0'))
        return config_member_wrong(loading, prefix, "client_key",
                                   "a key with client_certificate, and none without",
                                   trust->client_key);
    if (!may_be_read(trust->client_key) || !is_private(trust->client_key))
        return config_member_wrong(loading, prefix, "client_key",
                                   "a file that its owner alone may read (chmod 600)",
                                   trust->client_key);
    return is_pin(trust->pin) ||
           config_member_wrong(
               loading, prefix, "pin",
               "sha256// and the base64 of the public key's SHA-256, several with ;", trust->pin);
}
