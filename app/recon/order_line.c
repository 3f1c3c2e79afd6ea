#include "app/recon/order_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char word_claim[] = "claim", word_leg[] = "leg";

cJSON *order_line_read(const struct recon_ledger *ledger, uint32_t row) {
    const char *error;
    struct recon_slice line = recon_row_original(ledger, row);
    return line.at[0] == '{' ? wire_parse(line.at, line.length, &error) : NULL;
}

static bool has_word(const cJSON *object, const char *name, const char *word) {
    const char *text = wire_text(object, name);
    return text != NULL && strcmp(text, word) == 0;
}

static bool has_number(const cJSON *object, struct recon_slice no) {
    const char *text = wire_text(object, "no");
    return text != NULL && slice_is(no, text);
}

/* -1: none is named. */
static int number_in(const cJSON *object, const char *name) {
    const char *text = wire_text(object, name);
    return text != NULL ? (int)strtol(text, NULL, 10) : -1;
}

static bool is_open_case(const cJSON *one) {
    return has_word(one, "state", "open");
}

int order_line_open_cases(const cJSON *order) {
    const cJSON *one;
    int count = 0;
    cJSON_ArrayForEach(one, wire_member(order, "cases")) count += is_open_case(one);
    return count;
}

bool order_line_asks(const cJSON *order, const char *part) {
    const cJSON *one;
    cJSON_ArrayForEach(one, wire_member(order, "cases")) {
        if (is_open_case(one) && has_word(one, "part", part))
            return true;
    }
    return false;
}

const cJSON *order_line_refund(const cJSON *order, struct recon_slice no) {
    const cJSON *one;
    cJSON_ArrayForEach(one, wire_member(order, "refunds")) {
        if (has_number(one, no))
            return one;
    }
    return NULL;
}

bool order_line_is_unanswered(const cJSON *refund) {
    return !has_word(refund, "state", "done") && !has_word(refund, "state", "refused");
}

bool order_line_was_credited(const cJSON *order, const cJSON *refund) {
    const cJSON *claim =
        cJSON_GetArrayItem(wire_member(order, "claims"), number_in(refund, word_claim));
    const char *receipt = wire_text(claim, "call_sn");
    return receipt != NULL && receipt[0] != '\0';
}

/* -1: none has this number. */
static int leg_of_number(const cJSON *order, struct recon_slice no) {
    const cJSON *legs = wire_member(order, "legs");
    int n = cJSON_GetArraySize(legs) - 1;
    while (n >= 0 && !has_number(cJSON_GetArrayItem(legs, n), no))
        n--;
    return n;
}

static const cJSON *leg_in_line(const cJSON *order, int n) {
    return cJSON_GetArrayItem(wire_member(order, "legs"), n);
}

bool order_line_knows_paid(const cJSON *order, struct recon_slice no) {
    return has_word(leg_in_line(order, leg_of_number(order, no)), "state", "paid");
}

static struct told_part told_part(const char *word, int n) {
    struct told_part part = {.claim = word == word_claim ? n : -1};
    if (n >= 0)
        snprintf(part.name, sizeof part.name, "%s %d", word, n);
    return part;
}

static bool has_share_of(const cJSON *claim, int leg) {
    const cJSON *one;
    cJSON_ArrayForEach(one, wire_member(claim, "shares")) {
        if (number_in(one, word_leg) == leg)
            return true;
    }
    return false;
}

/* A leg's share of a claim, or the leg itself where it is not known to be paid. */
static struct told_part part_of_payment(const cJSON *order, const struct recon_entry *entry) {
    int leg = leg_of_number(order, entry->ids[RECON_PAYMENT_NO]), n = 0, found = -1, count = 0;
    const cJSON *one;
    if (leg < 0 || !has_word(leg_in_line(order, leg), "state", "paid"))
        return told_part(word_leg, leg);
    cJSON_ArrayForEach(one, wire_member(order, "claims")) {
        const char *bill = wire_text(one, "org_trace_no");
        if (has_share_of(one, leg) && bill != NULL && slice_is(entry->ids[RECON_TRACE_NO], bill)) {
            found = n;
            count++;
        }
        n++;
    }
    return told_part(word_claim, count == 1 ? found : -1);
}

/* It is decided about with its claim, or with its leg where it is of none. */
struct told_part order_line_part_of_refund(const cJSON *refund) {
    int claim = number_in(refund, word_claim);
    struct told_part part = claim >= 0 ? told_part(word_claim, claim)
                                       : told_part(word_leg, number_in(refund, word_leg));
    part.open = order_line_is_unanswered(refund) && !has_word(refund, "state", "case");
    return part;
}

struct told_part order_line_part(const cJSON *order, const struct recon_entry *entry) {
    const cJSON *refund =
        entry->kind == RECON_REFUND ? order_line_refund(order, entry->ids[RECON_PAYMENT_NO]) : NULL;
    return refund != NULL ? order_line_part_of_refund(refund) : part_of_payment(order, entry);
}

/* False: it is there and is no amount. */
static bool add_amount_in(const cJSON *object, const char *name, int64_t sign, int64_t *sum_fen) {
    const char *text = wire_text(object, name);
    struct fen amount = {0};
    if (text != NULL && money_parse(text, strlen(text), &amount) != MONEY_OK)
        return false;
    *sum_fen += sign * amount.fen;
    return true;
}

int64_t order_line_in_case_fen(const cJSON *order, int claim) {
    int64_t disputed_fen = 0, left_fen = 0;
    const cJSON *one;
    cJSON_ArrayForEach(
        one, wire_member(cJSON_GetArrayItem(wire_member(order, "claims"), claim), "shares")) {
        if (!add_amount_in(one, "disputed", 1, &disputed_fen) ||
            !add_amount_in(one, "amount", 1, &left_fen) ||
            !add_amount_in(one, "returned", -1, &left_fen))
            return -1;
    }
    return disputed_fen > 0 ? disputed_fen : left_fen; /* only a part of it, or all */
}
