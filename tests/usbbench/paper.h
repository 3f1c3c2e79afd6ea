/* An ESC/POS reader of its own: bytes in, paper out. It shares nothing with the driver it tests. */
#ifndef USBBENCH_PAPER_H
#define USBBENCH_PAPER_H

#include "tests/usbbench/canvas.h"

#define PAPER_LINE_CELLS 96
#define PAPER_PENDING_SIZE (256 * 1024)

struct paper_cell {
    uint32_t character;
    int cell_width, stretch_x, stretch_y;
    bool bold;
};

/* Commands that not every printer has. */
enum paper_feature {
    PAPER_QR = 1 << 0,         /* GS ( k; a printer without it prints what follows as text */
    PAPER_PROCESS_ID = 1 << 1, /* GS ( H; likewise */
    PAPER_SENSOR = 1 << 2,     /* GS r */
    PAPER_AUTOMATIC = 1 << 3,  /* GS a */
    PAPER_CUTTER = 1 << 4      /* GS V */
};

struct paper {
    struct canvas canvas;
    unsigned lacks; /* bits of enum paper_feature */
    /* What the printer itself has to answer (GS a, GS r, GS ( H), when its turn has come. Or NULL.
     */
    void (*asked)(void *context, const uint8_t *command, size_t length);
    /* A sheet was cut; its canvas and bytes are still there. Or NULL. */
    void (*was_cut)(void *context, const struct paper *paper);
    void *context;
    int align, stretch_x, stretch_y;
    bool bold, chinese_off;
    int qr_module, qr_level;
    uint8_t qr[4096];
    size_t qr_length;
    int bar_height, bar_module, bar_text;
    struct paper_cell line[PAPER_LINE_CELLS];
    int line_count;
    int lines;        /* printed since the last cut */
    uint8_t *pending; /* a command that is not complete yet */
    size_t pending_length;
    uint8_t *printed; /* every byte since the last cut that did anything to the paper */
    size_t printed_length, printed_room;
    bool unseen;        /* what was taken last left nothing on the paper */
    unsigned unknown;   /* commands it did not know */
    int sheets, number; /* cut, and the name of the last file */
    char folder[256];   /* "": not kept */
};

bool paper_init(struct paper *paper, int dots);
void paper_free(struct paper *paper);
void paper_read(struct paper *paper, const uint8_t *bytes, size_t length);
/* Clears what has not been printed yet. */
void paper_forget(struct paper *paper);

#endif
