/* Service of receipts: makes an order's document, gives it to the printer, and tells the core and
 * the journal's outbox what became of it. */
#ifndef HOPKIOSK_SHELL_PRINT_H
#define HOPKIOSK_SHELL_PRINT_H

#include "app/core/core.h"
#include "app/journal/journal.h"
#include "app/receipt/receipt.h"
#include "app/shell/inbox.h"
#include "drivers/driver.h"
#include "drivers/print_doc.h"
#include "ui/ui.h"

#define PRINT_JOBS_MAX 8

/* A receipt under way at the printer. */
struct print_job {
    uint32_t number; /* 0: the place is free */
    bool reprint;
    char order_no[ORDER_NO_SIZE];
};

struct print {
    /* Set before the start. */
    struct inbox *inbox;
    const struct core *core;
    struct receipt_site site;
    const struct ui *ui;       /* the words of receipts */
    struct journal_pump *pump; /* NULL: no journal */
    struct usb *usb;           /* NULL: no device can be used */
    bool drawer;               /* a cash drawer hangs at the printer */
    /* The service's own. */
    struct print_job jobs[PRINT_JOBS_MAX];
    struct print_doc receipt;
};

/* Exactly one PRINTED follows, also when nothing could be printed. */
void print_receipt(struct print *print, const struct effect *effect);
/* Opens the drawer; a PRINTED of a job that nobody waits for follows. */
void print_drawer(struct print *print, const struct effect *effect);
/* The slip of the shift that ended; exactly one PRINTED follows. */
void print_slip(struct print *print, const struct effect *effect);
/* Takes DRIVER_PRINTED; called on the usb pump's thread. */
void print_take(struct print *print, const struct driver_event *printed);

#endif
