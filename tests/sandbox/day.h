/* A day's bills that were made for reconciliation: deals of which most agree, and one or two of
 * each difference, planted by a seed. Every interface serves them in its own form, beside what the
 * books hold; what was planted is said, and what a terminal's journal would say. One row of one
 * side can be left out, doubled or made a fen more. */
#ifndef SANDBOX_DAY_H
#define SANDBOX_DAY_H

#include "tests/sandbox/books.h"

struct sandbox;

enum day_side { DAY_PLATFORM = 0, DAY_HOSPITAL, DAY_TERMINAL, DAY_SIDES };
enum day_change { DAY_AS_IT_IS = 0, DAY_DROP, DAY_DOUBLE, DAY_FEN };

#define DAY_NO_SIZE 40

struct deal {
    bool refund;
    char no[DAY_NO_SIZE];     /* the terminal's; of a refund its own */
    char origin[DAY_NO_SIZE]; /* of a refund: the payment */
    char out_no[DAY_NO_SIZE], in_no[DAY_NO_SIZE], trace_no[DAY_NO_SIZE], call_sn[DAY_NO_SIZE],
        setl_id[DAY_NO_SIZE];
    int64_t fen, hospital_fen; /* what the hospital booked; in two parts with hospital_rows 2 */
    int64_t at_ms, hospital_ms;
    int platform_rows, hospital_rows, terminal_rows; /* how many each has */
    bool not_at_channel;
    const char *state;    /* the terminal's: of a claim, or "waiting" of a leg */
    bool unproven, taken; /* taken: the hospital took the credit back itself */
    const char *planted;  /* the class, NULL: it agrees */
    bool explained;       /* of another terminal; or told by a payment that was planted */
};

struct day {
    int64_t from_ms;
    struct deal *deals;
    int count;
    enum day_side side; /* of the change */
    int row;            /* counted over all deals of that side */
    enum day_change change;
};

/* A row of one side as it is served. */
struct day_row {
    const struct deal *deal;
    int64_t fen, at_ms;
    char no[DAY_NO_SIZE]; /* of the HIS; also of the second part */
};

void day_free(struct day *day);
void day_make(struct day *day, int64_t from_ms, uint64_t seed, int deals);
/* Calls `each` with the rows of a side from `from_ms` to before `to_ms`; returns how many rows the
 * side has in all, before the change. */
int day_rows(const struct day *day, enum day_side side, int64_t from_ms, int64_t to_ms,
             void (*each)(void *context, const struct day_row *row), void *context);
/* Adds `planted`, and the lines of the journal, to an answer of control. */
void day_tell(const struct day *day, cJSON *out);

/* control/day and control/change: NULL, or what is wrong. */
const char *day_control(struct sandbox *sandbox, const cJSON *request, cJSON *out);
const char *day_control_change(struct sandbox *sandbox, const cJSON *request, cJSON *out);

#endif
