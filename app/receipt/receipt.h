/* A receipt as a document, before any printer's bytes: what became of an order in words. */
#ifndef HOPKIOSK_RECEIPT_RECEIPT_H
#define HOPKIOSK_RECEIPT_RECEIPT_H

#include "app/core/core.h"
#include "drivers/print_doc.h"

/* What a receipt says of the hospital and its terminal. NULL is "". */
struct receipt_site {
    const char *title, *footer; /* title "": the hospital's name */
    const char *hospital_name, *terminal_no;
};

struct receipt_source {
    const struct order *order;
    const struct session *session; /* for departments and guidance; NULL: only what the order has */
    struct receipt_site site;
    struct now now;
    enum language language;
    bool reprint;
    /* The words of assets/text behind a key ("receipt.paid"); never NULL. */
    const char *(*text)(const void *words, enum language language, const char *key);
    const void *words; /* the first argument of `text` */
};
void receipt_compose(const struct receipt_source *source, struct print_doc *out);
/* The cash of a cashier's shift; of the source its site, moment and words. */
void receipt_compose_shift(const struct receipt_source *source, const struct desk_shift *shift,
                           struct print_doc *out);

#endif
