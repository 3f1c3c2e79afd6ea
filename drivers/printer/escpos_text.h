/* UTF-8 into what a Chinese receipt printer prints: cells of GB18030 bytes, one or two columns
 * wide. */
#ifndef HOPKIOSK_DRIVERS_PRINTER_ESCPOS_TEXT_H
#define HOPKIOSK_DRIVERS_PRINTER_ESCPOS_TEXT_H

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct escpos_cell {
    uint8_t bytes[4];
    uint8_t count; /* 1, 2 or 4 */
    uint8_t width; /* columns */
};

struct escpos_encoder {
    iconv_t converter;
    bool gbk_only;
};

/* False: the C library has no such conversion. */
bool escpos_encoder_open(struct escpos_encoder *encoder, bool gbk_only);
void escpos_encoder_close(struct escpos_encoder *encoder);
/* At most `room` cells; returns how many. A line feed stays, other control characters are left out:
 * nothing in a text is ever a command. What cannot be printed becomes a geta mark. */
size_t escpos_encode(struct escpos_encoder *encoder, const char *text, struct escpos_cell *cells,
                     size_t room);
/* How many of the cells fit on a line of `columns`, broken where words allow; stops after a line
 * feed. At least 1 where there are cells. */
size_t escpos_fit(const struct escpos_cell *cells, size_t count, int columns);
int escpos_width(const struct escpos_cell *cells, size_t count);

#endif
