/* What the virtual pinpad and its acquirer remember: every message it has carried out, by
 * sequence, and what became of the money. */
#ifndef HOPKIOSK_USBBENCH_PINPAD_BOOKS_H
#define HOPKIOSK_USBBENCH_PINPAD_BOOKS_H

#include <stdbool.h>
#include <stdint.h>

#define PINPAD_REQUEST 128
#define PINPAD_RESPONSE 192
#define PINPAD_DONE_MAX 512

enum pinpad_type {
    PINPAD_SALE = 0,
    PINPAD_VOID = 1,
    PINPAD_REFUND = 2,
    PINPAD_QUERY = 7,
    PINPAD_ECHO = 8,
    PINPAD_CANCEL = 9
};

struct pinpad_done {
    char response[PINPAD_RESPONSE];
    int64_t returned_fen; /* of a sale */
};

struct pinpad_books {
    struct pinpad_done done[PINPAD_DONE_MAX];
    int done_count, slips, sold, returned; /* slips, and approved sales and returns */
    char decline[3];                       /* what the acquirer says; "": it approves */
    bool unmasked;                         /* gives whole card numbers away */
    char terminal[9], merchant[16];        /* who it is to the acquirer */
};

/* Under the numbers that the acquirer gave it. */
void pinpad_books_open(struct pinpad_books *books);

int pinpad_type_of(const char *request);
/* The stored response of a sequence (6 digits), NULL: never carried out. */
const char *pinpad_find(struct pinpad_books *books, const char *sequence);
/* Carries a message out, once; `code` "": as the books decide. */
void pinpad_execute(struct pinpad_books *books, const char *request, const char *code,
                    char response[PINPAD_RESPONSE]);

#endif
