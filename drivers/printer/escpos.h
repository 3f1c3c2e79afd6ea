/* A document as ESC/POS bytes (devices.md E), and what goes before and after it. Pure. */
#ifndef HOPKIOSK_DRIVERS_PRINTER_ESCPOS_H
#define HOPKIOSK_DRIVERS_PRINTER_ESCPOS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/print_doc.h"

/* No command of ours is longer: so many NULs end any that was begun. */
#define ESCPOS_COMMAND_MAX 2048

#define ESCPOS_QUESTION_MAX 11 /* bytes of the longest below */
#define ESCPOS_TEAR_LINES 6    /* from the head to the edge, where there is no cutter */

/* What the bytes are for. */
struct escpos_head {
    int dots;       /* 384, 512, 576 ... */
    int columns;    /* of its letters; 0: 12 dots each */
    bool gbk_only;  /* it prints nothing that GBK lacks */
    bool raster_qr; /* it has no QR command */
    bool no_cutter; /* the patient tears the paper off */
};

struct escpos_bytes {
    uint8_t *bytes; /* malloc'ed, the caller frees */
    size_t length;
    int rows; /* of dots: so far the paper moves */
};

/* False, and nothing to free: out of memory. */
bool escpos_render(const struct print_doc *doc, const struct escpos_head *head,
                   struct escpos_bytes *out);
/* How many bytes of the beginning, at most `most`, end where a command or a character ends; all of
 * `most` where one is longer. For bytes of ours: most >= ESCPOS_COMMAND_MAX. */
size_t escpos_whole(const uint8_t *bytes, size_t length, size_t most);

/* What goes to a printer before the next job where nobody knows what it holds: NULs that end any
 * command which was begun, a reset; `cut`: also a feed and a cut, since half a receipt may hang in
 * its mouth. How many bytes. */
#define ESCPOS_CLEARING_MAX (ESCPOS_COMMAND_MAX + 16)
size_t escpos_clear(const struct escpos_head *head, bool cut, uint8_t out[ESCPOS_CLEARING_MAX]);

/* How long the mechanism needs at most, cut included. */
int escpos_mechanical_ms(int rows, int speed_mm_s);

/* GS a: changes of online, error and paper are told unasked. */
size_t escpos_watch(uint8_t out[ESCPOS_QUESTION_MAX]);
/* GS ( H 48: to be answered with the same four letters when all before it is on paper. */
#define ESCPOS_PROCESS_ID_SIZE 4
size_t escpos_ask_process_id(const char id[ESCPOS_PROCESS_ID_SIZE],
                             uint8_t out[ESCPOS_QUESTION_MAX]);
/* GS r 1, likewise with the state of the paper sensor. */
size_t escpos_ask_paper_sensor(uint8_t out[ESCPOS_QUESTION_MAX]);
/* The n-th id of a process: of letters that no status byte looks like. */
void escpos_process_id(int n, char out[ESCPOS_PROCESS_ID_SIZE]);

#endif
