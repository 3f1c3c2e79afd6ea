/* What a virtual device is: its descriptors and how it answers. One file per model. */
#ifndef USBBENCH_MODEL_H
#define USBBENCH_MODEL_H

#include "tests/usbbench/device.h"

struct model {
    const char *name;           /* "scanner" */
    const uint8_t *descriptors; /* device, then configuration with all below it */
    size_t descriptors_length;
    size_t state_size;
    bool own_power; /* without its cable it goes on */
    /* Plugged in, with its state zeroed only the first time. */
    void (*power_on)(struct device *device);
    /* A control transfer on endpoint 0. To the host: fills up to wLength bytes of `data`. Returns
     * the length, or -EPIPE for what it does not know. May be NULL. */
    int (*control)(struct device *device, const uint8_t setup[8], uint8_t *data);
    /* How many bytes it takes now; the host waits with what is left. NULL: any number. */
    size_t (*room)(const struct device *device);
    /* Bytes to the device. May be NULL. */
    void (*receive)(struct device *device, uint8_t endpoint, const uint8_t *bytes, size_t length);
    /* device->timer_ms passed. May be NULL. */
    void (*timer)(struct device *device);
    /* A command of this model; false: unknown or wrong. */
    bool (*command)(struct device *device, const char *command);
    void (*destroy)(struct device *device);
};

extern const struct model model_scanner, model_scanner_pos, model_scanner_cdc, model_keyboard,
    model_touch_panel, model_printer, model_printer_kpm, model_printer_ppu, model_printer_a4,
    model_pinpad, model_card_reader, model_card_reader_apdu, model_card_reader_multi,
    model_card_reader_character, model_id_reader, model_id_reader_hid;

/* A device as it was recorded; its one device frees it. NULL: not a recording. */
const struct model *model_replay(const char *path);
/* Also "replay:FILE". NULL: no such model. */
const struct model *model_find(const char *name);

#endif
