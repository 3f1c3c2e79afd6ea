#include "drivers/printer/presenter.h"

#include <string.h>

static const struct escpos_bit custom_kpm_bits[] = {
    {ESCPOS_OWN_QUERY + 2, 0x01, ESCPOS_PAPER_OUT},
    {ESCPOS_OWN_QUERY + 2, 0x04, ESCPOS_PAPER_LOW},
    {ESCPOS_OWN_QUERY + 2, 0x20, ESCPOS_TICKET},
    {ESCPOS_OWN_QUERY + 3, 0x03, ESCPOS_COVER},
    /* Its recoverable errors differ by model: those that stop it are told by DLE EOT 3. */
    {ESCPOS_OWN_QUERY + 5, 0xff, ESCPOS_UNRECOVERABLE}};

static const struct escpos_bit citizen_ppu_bits[] = {
    {4, 0x0c, ESCPOS_PAPER_LOW}, {4, 0x20, ESCPOS_PAPER_OUT}, {4, 0x40, ESCPOS_TICKET}};

#define BITS(table) .bits = (table), .bit_count = sizeof(table) / sizeof *(table)

static const struct presenter presenters[] = {
    [DRIVER_PRESENTER_NONE] = {0},
    [DRIVER_PRESENTER_CUSTOM_KPM] = {.id = "KPM",
                                     .query = 0x14,
                                     .answer = {0x10, 0x0f},
                                     .answer_length = 6,
                                     BITS(custom_kpm_bits)},
    [DRIVER_PRESENTER_CITIZEN_PPU] = {.id = "PPU", .own_paper_end = true, BITS(citizen_ppu_bits)}};

const struct presenter *presenter_find(enum driver_presenter kind, const char *device_id) {
    if (kind != DRIVER_PRESENTER_BY_ID)
        return &presenters[kind];
    for (size_t i = 0; i < sizeof presenters / sizeof *presenters; i++)
        if (presenters[i].id && strstr(device_id, presenters[i].id))
            return &presenters[i];
    return &presenters[DRIVER_PRESENTER_NONE];
}
