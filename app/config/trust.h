/* Whom a platform's server has to be, and who we are to it: the members ca_file,
 * client_certificate, client_key and pin of its section. */
#ifndef HOPKIOSK_CONFIG_TRUST_H
#define HOPKIOSK_CONFIG_TRUST_H

#include "app/config/section.h"
#include "app/wire/message.h"

/* The four rows, for a struct with a member of type struct wire_trust. */
#define CONFIG_TRUST_ROWS(prefix, type, member)                                                    \
    {prefix ".ca_file", CONFIG_PATH, .offset = offsetof(type, member.ca_file)},                    \
        {prefix ".client_certificate", CONFIG_PATH,                                                \
         .offset = offsetof(type, member.client_certificate)},                                     \
        {prefix ".client_key", CONFIG_PATH, .offset = offsetof(type, member.client_key)}, {        \
        prefix ".pin", CONFIG_TEXT, .offset = offsetof(type, member.pin)                           \
    }

/* Files that can be read, a key with each certificate and its owner's only, a pin that is one. */
bool config_check_trust(struct config_loading *loading, const char *prefix,
                        const struct wire_trust *trust);

#endif
