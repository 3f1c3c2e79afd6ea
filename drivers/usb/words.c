#include "drivers/driver.h"

const char *driver_role_name(enum driver_role role) {
    static const char *const names[DRIVER_ROLE_COUNT] = {"scanner", "printer", "id_reader",
                                                         "card_reader", "pinpad"};
    return names[role];
}

const char *driver_device_word(enum driver_device device) {
    static const char *const words[] = {"unknown", "ready", "busy", "offline", "absent", "fault"};
    return words[device];
}

const char *driver_supply_word(enum driver_supply supply) {
    static const char *const words[] = {"unknown", "ok", "low", "out", "jam", "notsupported"};
    return words[supply];
}

const char *driver_media_word(enum driver_media media) {
    static const char *const words[] = {"unknown", "none", "present", "entering", "jammed"};
    return words[media];
}
