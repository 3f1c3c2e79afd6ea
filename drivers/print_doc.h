/* A receipt before any printer's bytes: what the program composes and a printer driver renders. */
#ifndef HOPKIOSK_DRIVERS_PRINT_DOC_H
#define HOPKIOSK_DRIVERS_PRINT_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum print_kind {
    PRINT_TEXT = 0,
    PRINT_PAIR,
    PRINT_RULE,
    PRINT_QR,
    PRINT_BAR,
    PRINT_FEED,
    PRINT_CUT,
    PRINT_DRAWER /* the pulse that opens a cash drawer */
};
enum print_align { PRINT_LEFT = 0, PRINT_CENTRE, PRINT_RIGHT };
/* How a QR code is printed: the printer's own way, or, for trying it out, one of the two. */
enum print_qr { PRINT_QR_USUAL = 0, PRINT_QR_COMMAND, PRINT_QR_PICTURE };

#define PRINT_TEXT_SIZE 256
struct print_item {
    enum print_kind kind;
    enum print_align align;
    uint8_t scale; /* 1 or 2: width and height */
    bool bold;
    enum print_qr qr;
    int lines;                  /* PRINT_FEED */
    char text[PRINT_TEXT_SIZE]; /* UTF-8; PRINT_PAIR: the left half; QR, BAR: the code */
    char right[64]; /* PRINT_PAIR: set flush right on the same line, or on the next when it does not
                       fit */
};

#define PRINT_ITEMS_MAX 400
struct print_doc {
    int count;
    struct print_item items[PRINT_ITEMS_MAX];
};

#endif
