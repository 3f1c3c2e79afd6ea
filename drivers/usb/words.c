#include "drivers/words.h"

#include <stddef.h>
#include <string.h>

const char *device_role_name(enum device_role role) {
    static const char *const names[ROLE_COUNT] = {"scanner",     "printer", "id_reader",
                                                  "card_reader", "pinpad",  "keypad"};
    return names[role];
}

const char *device_word_name(enum device_word device) {
    static const char *const words[] = {"unknown", "ready", "busy", "offline", "absent", "fault"};
    return words[device];
}

const char *supply_word_name(enum supply_word supply) {
    static const char *const words[] = {"unknown", "ok", "low", "out", "jam", "notsupported"};
    return words[supply];
}

const char *media_word_name(enum media_word media) {
    static const char *const words[] = {"unknown", "none", "present", "entering", "jammed"};
    return words[media];
}

bool pos_code_approves(const char *code) {
    static const char *const approvals[] = {"00", "10", "11", "16", "Y1", "Y3"};
    for (size_t i = 0; i < sizeof approvals / sizeof *approvals; i++)
        if (strcmp(code, approvals[i]) == 0)
            return true;
    return false;
}
