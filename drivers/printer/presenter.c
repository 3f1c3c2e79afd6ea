#include "drivers/printer/presenter.h"

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
    [DRIVER_PRESENTER_CUSTOM_KPM] = {.query = 0x14,
                                     .answer = {0x10, 0x0f},
                                     .answer_length = 6,
                                     BITS(custom_kpm_bits)},
    [DRIVER_PRESENTER_CITIZEN_PPU] = {.own_paper_end = true, BITS(citizen_ppu_bits)}};

const struct presenter *presenter_of(enum driver_presenter kind) {
    return &presenters[kind];
}
