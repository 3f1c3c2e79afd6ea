/* The words under which closed sets are stored. They are part of the schema: never renamed. */
#include "app/journal/words.h"

#include <string.h>

#include "app/journal/journal.h"

static const char *const notes[] = {
    "opened",     "placed",          "paid",        "declined",       "closing",
    "not_closed", "closed",          "paid_late",   "returned",       "crediting",
    "credited",   "credit_unknown",  "reversing",   "refund_sending", "refund_unknown",
    "refunded",   "refund_refused",  "uncrediting", "case",           "resolved",
    "resumed",    "printed",         "watch_ended", "unpaid",         "renumbered",
    "proven",     "taken_elsewhere", "asked",       "shift_ended",    "pushing",
    "pushed",     "not_pushed",      "stranded",    "own_due",        "own_chosen",
    "placing"};
_Static_assert(sizeof notes / sizeof *notes == NOTE_COUNT, "a word for each");

static const char *const order_states[] = {"opening",  "waiting",   "closing",  "closed",
                                           "declined", "crediting", "credited", "returning",
                                           "returned", "partly",    "case"};
_Static_assert(sizeof order_states / sizeof *order_states == ORDER_STATE_COUNT, "a word for each");

static const char *const leg_states[] = {
    "new",      "due",     "placing", "place_unknown",    "waiting",  "pushed", "paid",
    "declined", "closing", "closed",  "paid_after_close", "returned", "case"};
_Static_assert(sizeof leg_states / sizeof *leg_states == LEG_CASE + 1, "a word for each");

static const char *const claim_states[] = {
    "waiting",  "checking", "crediting",   "credit_unknown", "done", "reversing",
    "reversed", "void",     "uncrediting", "refunded",       "case"};
_Static_assert(sizeof claim_states / sizeof *claim_states == CLAIM_CASE + 1, "a word for each");

static const char *const refund_states[] = {"new", "sending", "unknown", "done", "refused", "case"};
_Static_assert(sizeof refund_states / sizeof *refund_states == REFUND_CASE + 1, "a word for each");

static const char *const case_reasons[] = {"",
                                           "credit_unknown",
                                           "credit_contradicts",
                                           "refund_refused",
                                           "refund_unconfirmed",
                                           "amount_mismatch",
                                           "payment_unknown",
                                           "uncredited_not_refunded",
                                           "no_act",
                                           "unreadable",
                                           "credit_unproven",
                                           "half_settled",
                                           "abnormal",
                                           "credited_twice",
                                           "split_wrong"};
_Static_assert(sizeof case_reasons / sizeof *case_reasons == CASE_REASON_COUNT, "a word for each");

static const char *const services[] = SERVICE_WORDS;
static const char *const channels[] = CHANNEL_WORDS;
static const char *const routes[] = ROUTE_WORDS;

static const char *const creditors[] = {"terminal", "platform"};
_Static_assert(sizeof creditors / sizeof *creditors == CREDITOR_PLATFORM + 1, "a word for each");

static const char *const refund_whys[] = {"", "twice", "wrong", "care", "other", "reversed"};
_Static_assert(sizeof refund_whys / sizeof *refund_whys == REFUND_WHY_COUNT, "a word for each");

static const char *const account_types[] = {"", "outpatient", "inpatient"};
static const char *const case_states[] = {"open", "resolved"};
static const char *const resolutions[] = RESOLUTION_WORDS;
_Static_assert(sizeof resolutions / sizeof *resolutions == RESOLUTION_COUNT, "a word for each");
static const char *const print_outcomes[] = {"done", "failed", "unknown"};

#define WORDS(name, list) const struct words name = {list, sizeof list / sizeof *list}
WORDS(words_note, notes);
WORDS(words_order_state, order_states);
WORDS(words_leg_state, leg_states);
WORDS(words_claim_state, claim_states);
WORDS(words_refund_state, refund_states);
WORDS(words_case_reason, case_reasons);
WORDS(words_service, services);
WORDS(words_channel, channels);
WORDS(words_route, routes);
WORDS(words_creditor, creditors);
WORDS(words_refund_why, refund_whys);
WORDS(words_account_type, account_types);
WORDS(words_case_state, case_states);
WORDS(words_resolution, resolutions);
WORDS(words_print_outcome, print_outcomes);

const char *word_of(const struct words *words, int value) {
    return value >= 0 && value < words->count ? words->names[value] : "?";
}

const char *note_name(enum note note) {
    return word_of(&words_note, (int)note);
}

const char *order_state_name(enum order_state state) {
    return word_of(&words_order_state, (int)state);
}

const char *leg_state_name(enum leg_state state) {
    return word_of(&words_leg_state, (int)state);
}

const char *claim_state_name(enum claim_state state) {
    return word_of(&words_claim_state, (int)state);
}

const char *refund_state_name(enum refund_state state) {
    return word_of(&words_refund_state, (int)state);
}

const char *case_reason_name(enum case_reason reason) {
    return word_of(&words_case_reason, (int)reason);
}

const char *refund_why_name(enum refund_why why) {
    return word_of(&words_refund_why, (int)why);
}

const char *resolution_name(enum resolution how) {
    return word_of(&words_resolution, (int)how);
}

enum resolution resolution_named(const char *word) {
    for (int i = RESOLUTION_NONE + 1; word != NULL && i < RESOLUTION_COUNT; i++)
        if (strcmp(word, resolutions[i]) == 0)
            return (enum resolution)i;
    return RESOLUTION_NONE;
}
