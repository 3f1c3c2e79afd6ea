#include "app/recon/several.h"

#include <string.h>

#define COVER_MAX 16  /* rows among which one is looked for */
#define LINKS_MAX 128 /* rows of a deal whose every link is checked */

/* The terminal's rows that have this id of the row: their sum; -1: none has. */
static int64_t parts_by_id(const struct judge *judge, const struct deal_row *rows, size_t count,
                           uint32_t row, enum recon_id id) {
    int64_t parts = -1;
    for (size_t k = 0; k < count; k++)
        if (deal_row_is_terminals(judge, &rows[k]) &&
            recon_same_id(judge->ledger, rows[k].row, id, row, id))
            parts = (parts < 0 ? 0 : parts) + rows[k].is.fen;
    return parts;
}

/* By the narrowest id it shares: a receipt is of one bill, a payment may be of many. */
static int64_t parts_of_row(const struct judge *judge, const struct deal_row *rows, size_t count,
                            uint32_t row) {
    static const enum recon_id narrow_first[] = {RECON_RECEIPT_NO, RECON_TRACE_NO, RECON_IN_NO,
                                                 RECON_OUT_NO, RECON_PAYMENT_NO};
    int64_t parts = -1;
    for (size_t i = 0; i < sizeof narrow_first / sizeof *narrow_first && parts < 0; i++)
        parts = parts_by_id(judge, rows, count, row, narrow_first[i]);
    return parts;
}

static bool stands_alone(const struct deal_row *rows, size_t count, size_t n) {
    for (size_t k = 0; k < count; k++)
        if (k != n && rows[k].source == rows[n].source)
            return false;
    return true;
}

/* Has the source the very amounts of the terminal's parts, each as often? Then it says part by part
 * the same, also where the document gives it only the payment's number for all of them. */
static bool has_terminals_parts(const struct judge *judge, const struct deal_row *rows,
                                size_t count, int source) {
    for (size_t i = 0; i < count; i++) {
        int balance = 0;
        if (rows[i].source != source && !deal_row_is_terminals(judge, &rows[i]))
            continue;
        for (size_t k = 0; k < count; k++)
            if (rows[k].is.fen == rows[i].is.fen)
                balance += deal_row_is_terminals(judge, &rows[k]) ? 1
                           : rows[k].source == source             ? -1
                                                                  : 0;
        if (balance != 0)
            return false;
    }
    return true;
}

bool deal_is_explained_by_terminal(const struct judge *judge, const struct deal_row *rows,
                                   size_t count) {
    bool terminal = false;
    for (size_t i = 0; i < count; i++)
        terminal = terminal || deal_row_is_terminals(judge, &rows[i]);
    for (size_t i = 0; terminal && count <= LINKS_MAX && i < count; i++)
        if (!deal_row_is_terminals(judge, &rows[i]) && !stands_alone(rows, count, i) &&
            parts_of_row(judge, rows, count, rows[i].row) != rows[i].is.fen &&
            !has_terminals_parts(judge, rows, count, rows[i].source))
            return false;
    return terminal;
}

static int bits_of(unsigned mask) {
    return __builtin_popcount(mask);
}

static size_t cover(struct deal_row *rows, size_t count, size_t one) {
    struct deal_row kept[COVER_MAX];
    if (count > COVER_MAX)
        return 0;
    for (unsigned set = 1; set < 1u << count; set++) {
        int64_t fen = 0;
        if (bits_of(set) > PROPOSED_MAX || set & 1u << one)
            continue;
        for (size_t i = 0; i < count; i++)
            fen += set & 1u << i ? rows[i].is.fen : 0;
        if (fen != rows[one].is.fen)
            continue;
        size_t front = 0, back = (size_t)bits_of(set) + 1;
        for (size_t i = 0; i < count; i++)
            kept[set & 1u << i || i == one ? front++ : back++] = rows[i];
        memcpy(rows, kept, count * sizeof *rows);
        return front;
    }
    return 0;
}

size_t deal_cover_single(struct deal_row *rows, size_t count, const struct deal_sums *sums) {
    if (bits_of(sums->live) != 2 || sums->live != sums->sources)
        return 0;
    for (size_t i = 0; i < count; i++)
        if (sums->rows[rows[i].source] == 1)
            return cover(rows, count, i);
    return 0;
}
