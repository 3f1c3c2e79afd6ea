/* The inside of receipts: a writer that knows where the paper ends. */
#ifndef HOPKIOSK_RECEIPT_PARTS_H
#define HOPKIOSK_RECEIPT_PARTS_H

#include "app/receipt/receipt.h"

struct writer {
    const struct receipt_source *source;
    struct print_doc *doc;
    int room;
};

/* receipt.c */
const char *writer_words(const struct writer *w, const char *key);
/* NULL: the paper is long enough already. */
struct print_item *writer_add(struct writer *w, enum print_kind kind, const char *text);
void writer_line(struct writer *w, const char *text);
void writer_heading(struct writer *w, const char *text, uint8_t scale);
/* Nothing where `right` is "". */
void writer_pair(struct writer *w, const char *left, const char *right);
/* "￥1,234.56"; the sign is the one that every Chinese printer has. */
#define WRITER_AMOUNT_SIZE 40
const char *writer_amount_text(struct fen amount, char out[WRITER_AMOUNT_SIZE]);
const char *writer_given(const char *text, const char *otherwise);

/* receipt_refund.c: what this visit gives back, and what was given back of an order before. */
void receipt_write_plan(struct writer *w);
void receipt_write_refunds(struct writer *w);

#endif
