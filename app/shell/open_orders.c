#include "app/shell/open_orders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"

/* At most half of the slots are given to cases, the newest. */
#define CASES_KEPT_MAX (ORDERS_MAX / 2)

struct case_ring {
    int count; /* of all cases; order_no has the newest of them */
    char order_no[CASES_KEPT_MAX][ORDER_NO_SIZE];
};

static bool keep_order(struct open_orders *open, const struct order *order) {
    if (open->count == ORDERS_MAX)
        return false;
    struct order *copy = malloc(sizeof *copy);
    ENSURE(copy != NULL);
    *copy = *order;
    open->orders[open->count++] = copy;
    return true;
}

static bool keep_undecided(void *open, const struct order *order) {
    return order_evictable(order) || keep_order(open, order);
}

static bool keep_watched(void *open, const struct order *order) {
    return !order_evictable(order) || keep_order(open, order);
}

static bool note_case(void *context, const struct journal_case *row) {
    struct case_ring *ring = context;
    snprintf(ring->order_no[ring->count++ % CASES_KEPT_MAX], ORDER_NO_SIZE, "%s", row->order_no);
    return true;
}

static bool is_kept(const struct open_orders *open, const char *order_no) {
    for (int i = 0; i < open->count; i++)
        if (strcmp(open->orders[i]->no, order_no) == 0)
            return true;
    return false;
}

/* Orders that only wait for a person. They take slots so that their bills are not paid a second
 * time. */
static enum journal_result keep_cases(struct journal *journal, struct open_orders *open) {
    struct case_ring ring = {.count = 0};
    struct order order;
    enum journal_result result = journal_each_case(journal, NULL, true, note_case, &ring);
    for (int i = 0; result == JOURNAL_OK && i < ring.count && i < CASES_KEPT_MAX; i++) {
        if (!is_kept(open, ring.order_no[i])) {
            result = journal_load(journal, ring.order_no[i], &order);
            if (result == JOURNAL_OK)
                (void)keep_order(open, &order);
            else if (result == JOURNAL_CORRUPT || result == JOURNAL_NOT_FOUND)
                result = JOURNAL_OK; /* its case tells of it */
        }
    }
    return result;
}

static bool pass_unreadable(void *context, const char *order_no, const char *why) {
    (void)context, (void)order_no, (void)why;
    return true;
}

/* Undecided money is restored first, then cases, then closed payments that are only watched. */
bool open_orders_read(struct journal *journal, int64_t wall_ms, struct open_orders *out,
                      int *undecided) {
    *out = (struct open_orders){.count = 0};
    journal_on_unreadable(journal, pass_unreadable, NULL); /* isolated first: a case each */
    bool read = journal_isolate(journal, wall_ms, undecided) == JOURNAL_OK &&
                journal_each_open(journal, keep_undecided, out) == JOURNAL_OK &&
                keep_cases(journal, out) == JOURNAL_OK &&
                journal_each_open(journal, keep_watched, out) == JOURNAL_OK;
    journal_on_unreadable(journal, NULL, NULL);
    return read;
}

void open_orders_free(struct open_orders *open) {
    for (int i = 0; i < open->count; i++)
        free(open->orders[i]);
    open->count = 0;
}
