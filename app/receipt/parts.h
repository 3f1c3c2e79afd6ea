/* Inside of receipts: a writer that keeps to the length of the paper. */
#ifndef HOPKIOSK_RECEIPT_PARTS_H
#define HOPKIOSK_RECEIPT_PARTS_H

#include "app/receipt/receipt.h"

struct writer {
    const struct receipt_source *source;
    struct print_doc *doc;
    int room;
};

/* writer.c */
#define WRITER_LARGE 2          /* scale */
#define WRITER_JOINED_SIZE 1024 /* of texts of a line, before the line is cut to its length */
const char *writer_words(const struct writer *w, const char *key);
/* The next item to fill in; NULL when the paper is full. */
struct print_item *writer_add(struct writer *w, enum print_kind kind, const char *text);
void writer_line(struct writer *w, const char *text);
void writer_heading(struct writer *w, const char *text, uint8_t scale);
/* Writes nothing when `right` is "". */
void writer_pair(struct writer *w, const char *left, const char *right);
/* "￥1,234.56", with the yuan sign that every Chinese printer has. */
#define WRITER_AMOUNT_SIZE 40
const char *writer_amount_text(struct fen amount, char out[WRITER_AMOUNT_SIZE]);
/* Whose paper it is, and what. */
void writer_head(struct writer *w, const char *title_key);
void writer_feed(struct writer *w, int lines);
const char *writer_given(const char *text, const char *otherwise);

/* refund.c: what this visit gives back, and what was given back of an order before. */
void receipt_write_plan(struct writer *w);
void receipt_write_refunds(struct writer *w);

#endif
