/* An order that walks by itself: whatever it asks is answered as the other sides' temper is, time
 * goes on to its next deadline, and what it wants written is shown before it is durable. */
#ifndef HOPKIOSK_TESTS_ORDER_WALK_H
#define HOPKIOSK_TESTS_ORDER_WALK_H

#include "app/core/order/order.h"

enum temper {
    TEMPER_KIND = 0, /* paid, credited and given back */
    TEMPER_DENYING,  /* a definite no to everything */
    TEMPER_UNSURE,   /* they answer, and never know */
    TEMPER_ANY       /* by chance, and so does the patient */
};
#define TEMPERS_DEFINITE TEMPER_ANY

struct walk {
    struct order order;
    struct policy policy;
    struct limits limits;
    uint32_t next_number;
    char last_no[ORDER_NO_SIZE];
    struct now now;
    enum temper temper;
    uint32_t chance;
    struct effects out;
    struct part_note notes[NOTES_MAX]; /* what it wants noted with its newest PERSIST */
    int note_count;
    void (*write)(void *context, const struct walk *walk);
    void *context;
};

/* temper, chance, write and context are the caller's. */
void walk_begin(struct walk *walk);
/* A new order: bills, or (bills 0) a deposit. A second leg is a phone's. */
void walk_open(struct walk *walk, int bills, enum channel first, int legs);
/* One read back from the journal. */
void walk_resume(struct walk *walk, const struct order *order);
/* One thing happens. False: nothing ever will. */
bool walk_step(struct walk *walk);

#endif
