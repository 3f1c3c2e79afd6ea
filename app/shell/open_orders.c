/* What a restart takes up again: orders whose money is not settled, and cases. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/shell/now.h"
#include "app/shell/parts.h"

/* Half of the slots are for cases: the newest. */
#define CASES_KEPT_MAX (ORDERS_MAX / 2)

struct open_orders {
    int count;
    struct order *orders[ORDERS_MAX];
    int case_count; /* of all; the newest stand in cases, in a ring */
    char cases[CASES_KEPT_MAX][ORDER_NO_SIZE];
};

static bool keep_order(struct open_orders *kept, const struct order *order) {
    if (kept->count == ORDERS_MAX)
        return false;
    struct order *copy = malloc(sizeof *copy);
    ENSURE(copy != NULL);
    *copy = *order;
    kept->orders[kept->count++] = copy;
    return true;
}

static bool keep_undecided(void *context, const struct order *order) {
    return order_evictable(order) || keep_order(context, order);
}

static bool keep_watched(void *context, const struct order *order) {
    return !order_evictable(order) || keep_order(context, order);
}

static bool note_case(void *context, const struct journal_case *row) {
    struct open_orders *kept = context;
    snprintf(kept->cases[kept->case_count++ % CASES_KEPT_MAX], ORDER_NO_SIZE, "%s", row->order_no);
    return true;
}

static bool is_kept(const struct open_orders *kept, const char *order_no) {
    for (int i = 0; i < kept->count; i++)
        if (strcmp(kept->orders[i]->no, order_no) == 0)
            return true;
    return false;
}

/* Orders that only wait for a person: what they were for is not paid a second time. */
static enum journal_result keep_cases(struct journal *journal, struct open_orders *kept) {
    struct order order;
    enum journal_result result = journal_each_case(journal, NULL, true, note_case, kept);
    for (int i = 0; result == JOURNAL_OK && i < kept->case_count && i < CASES_KEPT_MAX; i++) {
        if (!is_kept(kept, kept->cases[i])) {
            result = journal_load(journal, kept->cases[i], &order);
            if (result == JOURNAL_OK)
                (void)keep_order(kept, &order);
        }
    }
    return result;
}

struct open_orders *open_orders_read(struct loop *loop) {
    struct open_orders *kept = calloc(1, sizeof *kept);
    ENSURE(kept != NULL);
    /* Money that is being decided comes first, then cases; closed payments are only watched. */
    if (loop->journal != NULL &&
        (journal_each_open(loop->journal, keep_undecided, kept) != JOURNAL_OK ||
         keep_cases(loop->journal, kept) != JOURNAL_OK ||
         journal_each_open(loop->journal, keep_watched, kept) != JOURNAL_OK)) {
        log_write(LOG_ERROR, "journal", "%s", journal_error(loop->journal));
        loop->core.book.journal_ok = false;
    }
    return kept;
}

void open_orders_restore(struct loop *loop, struct open_orders *kept) {
    for (int i = 0; i < kept->count; i++) {
        loop->effects.count = 0;
        if (core_restore(&loop->core, kept->orders[i], shell_now(), &loop->effects))
            effects_run(loop, &loop->effects, NULL);
        free(kept->orders[i]);
    }
    if (kept->count > 0)
        log_write(LOG_INFO, "loop", "%d open orders are asked about", kept->count);
    free(kept);
}
