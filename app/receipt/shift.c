/* The slip of a cashier's shift: its cash, what was counted, and whose it is. */
#include <stdio.h>

#include "app/base/clock.h"
#include "app/core/desk/day.h"
#include "app/receipt/parts.h"

static void write_moment(struct writer *w, const char *key, int64_t wall_ms) {
    char time[CLOCK_TEXT_SIZE];

    writer_pair(w, writer_words(w, key), clock_text(wall_ms, time));
}

static void write_count(struct writer *w, const char *key, int count) {
    char number[12];

    snprintf(number, sizeof number, "%d", count);
    writer_pair(w, writer_words(w, key), number);
}

static void write_cash_line(struct writer *w, const char *key, struct fen amount) {
    char text[WRITER_AMOUNT_SIZE];

    writer_pair(w, writer_words(w, key), writer_amount_text(amount, text));
}

/* Too little, too much, or just so. */
static void write_difference(struct writer *w, int64_t off) {
    write_cash_line(w,
                    off == 0  ? "desk.shift.agrees"
                    : off < 0 ? "receipt.shift.less"
                              : "receipt.shift.more",
                    (struct fen){off < 0 ? -off : off});
}

void receipt_compose_shift(const struct receipt_source *source, const struct desk_shift *shift,
                           struct print_doc *out) {
    struct writer w = {source, out, PRINT_ITEMS_MAX};
    struct fen expected = desk_shift_expected(shift);

    out->count = 0;
    writer_head(&w, "receipt.title.shift");
    writer_pair(&w, writer_words(&w, "receipt.shift.window"),
                writer_given(source->site.terminal_no, ""));
    writer_pair(&w, writer_words(&w, "receipt.shift.by"), shift->by);
    write_moment(&w, "receipt.shift.from", shift->began_ms);
    write_moment(&w, "receipt.shift.to", shift->ended_ms);
    writer_add(&w, PRINT_RULE, "");
    write_count(&w, "receipt.shift.calls", shift->calls);
    write_count(&w, "receipt.shift.cash_calls", shift->cash_calls);
    write_cash_line(&w, "desk.shift.taken", shift->taken);
    write_cash_line(&w, "desk.shift.returned", shift->returned);
    if (shift->held.fen > 0)
        write_cash_line(&w, "receipt.shift.held", shift->held);
    writer_add(&w, PRINT_RULE, "");
    write_cash_line(&w, "receipt.shift.expected", expected);
    write_cash_line(&w, "desk.shift.counted", shift->counted);
    write_difference(&w, shift->counted.fen - expected.fen);
    writer_feed(&w, 1);
    writer_pair(&w, writer_words(&w, "receipt.shift.signed"), "______________");
    write_moment(&w, "receipt.printed_at", source->now.wall_ms);
    writer_feed(&w, 1);
    writer_add(&w, PRINT_CUT, "");
}
