/* What is known of a payment or a refund, a line each: the platform, the hospital, the receipt. */
#include "app/core/order/holds.h"
#include "app/core/order/shares.h"
#include "app/core/visit/giving_back.h"
#include "app/present/parts.h"

static struct view_check check_line(enum view_check_state state, const char *key) {
    return (struct view_check){.state = state, .key = key, .a = "", .note_key = "", .note = ""};
}

/* ---- a payment ---- */

static const struct {
    enum view_check_state state;
    const char *key, *card_key;
} leg_lines[] = {
    [LEG_NEW] = {CHECK_NOW, "check.platform.placing", "check.platform.placing"},
    [LEG_DUE] = {CHECK_NOW, "check.platform.placing", "check.platform.placing"},
    [LEG_PLACING] = {CHECK_NOW, "check.platform.placing", "check.platform.bank"},
    [LEG_PLACE_UNKNOWN] = {CHECK_NOW, "check.platform.asking", "check.platform.bank"},
    [LEG_WAITING] = {CHECK_NOW, "check.platform.phone", "check.platform.bank"},
    [LEG_PUSHED] = {CHECK_NOW, "check.platform.phone", "check.platform.phone"},
    [LEG_PAID] = {CHECK_DONE, "check.platform.paid", "check.platform.paid"},
    [LEG_DECLINED] = {CHECK_NOT, "check.platform.unpaid", "check.platform.unpaid"},
    [LEG_CLOSING] = {CHECK_NOW, "check.platform.closing", "check.platform.closing"},
    [LEG_CLOSED] = {CHECK_NOT, "check.platform.closed", "check.platform.closed"},
    [LEG_PAID_AFTER_CLOSE] = {CHECK_DONE, "check.platform.late", "check.platform.late"},
    [LEG_RETURNED] = {CHECK_DONE, "check.platform.returned", "check.platform.returned"},
    [LEG_CASE] = {CHECK_NOW, "check.platform.case", "check.platform.case"},
};

/* On the phone, or perhaps: the platform is not asked, the hospital is. */
static bool is_on_phone(const struct leg *leg) {
    return order_leg_is_pushed(leg) && (leg->state == LEG_PUSHED || leg->state == LEG_WAITING ||
                                        leg->state == LEG_PLACE_UNKNOWN);
}

static struct view_check platform_line(const struct presenting *p, const struct order *order) {
    const struct leg *leg = order_shown_leg(order);
    bool card = leg->channel == CHANNEL_CARD;
    struct view_check line =
        check_line(leg_lines[leg->state].state,
                   card ? leg_lines[leg->state].card_key : leg_lines[leg->state].key);

    /* A phone's own code is charged as it is placed. */
    if (is_on_phone(leg) || (leg->state == LEG_PLACING && leg->channel == CHANNEL_PHONE))
        line.key = "check.platform.phone";
    if (leg->state == LEG_CLOSED && order_may_settle_yet(order))
        line = check_line(CHECK_NOW, "check.insurance.asking");
    if (leg->state == LEG_PAID && leg->paid_ms != 0) {
        clock_text(leg->paid_ms, p->store->paid_time);
        line.note_key = "check.at";
        line.note = p->store->paid_time + 11; /* the time of the day */
    }
    return line;
}

struct claim_count {
    int done, crediting, asking, back, refused, cases, unpaid;
};

static struct claim_count count_claims(const struct order *order) {
    struct claim_count count = {0};

    for (int i = 0; i < order->claim_count; i++) {
        enum claim_state state = order->claims[i].state;
        count.done += state == CLAIM_DONE;
        count.crediting += state == CLAIM_CHECKING || state == CLAIM_CREDITING;
        count.asking += state == CLAIM_CREDIT_UNKNOWN;
        count.back += state == CLAIM_REVERSING;
        count.refused += state == CLAIM_REVERSED;
        count.cases += state == CLAIM_CASE;
        count.unpaid += state == CLAIM_WAITING || state == CLAIM_VOID;
    }
    return count;
}

static struct view_check hospital_line(const struct order *order) {
    struct claim_count count = count_claims(order);
    enum leg_state leg = order_shown_leg(order)->state;
    bool over = leg == LEG_DECLINED || leg == LEG_CLOSED || leg == LEG_PAID_AFTER_CLOSE ||
                leg == LEG_RETURNED;

    if (order->claim_count > 0 && count.done == order->claim_count)
        return check_line(CHECK_DONE, "check.hospital.done");
    if (is_on_phone(order_shown_leg(order)))
        return check_line(CHECK_NOW, "check.hospital.asking");
    if (count.crediting > 0)
        return check_line(CHECK_NOW, "check.hospital.crediting");
    if (count.asking > 0)
        return check_line(CHECK_NOW, "check.hospital.asking");
    if (count.cases > 0)
        return check_line(CHECK_NOW, "check.hospital.case");
    if (count.done > 0)
        return check_line(CHECK_DONE, "check.hospital.partly");
    if (count.back > 0 || count.refused > 0 || over)
        return check_line(CHECK_NOT, "check.hospital.not");
    return check_line(CHECK_LATER, "check.hospital.later");
}

/* The insurance has paid its part, and nobody the own part: no platform has any of it. */
static bool is_insurances_alone(const struct order *order) {
    const struct leg *insured = order_insured_leg(order), *shown = order_shown_leg(order);
    return insured != NULL && insured != shown && insured->state == LEG_PAID &&
           shown->state != LEG_PAID;
}

/* What follows: paper, or money on its way back. */
static int add_last_line(const struct presenting *p, const struct order *order,
                         struct view_check *line) {
    struct claim_count count = count_claims(order);
    struct order_sums sums = order_sums(order);

    if (count.back > 0 || count.refused > 0) {
        bool there = sums.in_flight.fen == 0 && sums.returned.fen > 0;
        bool insured = is_insurances_alone(order);
        *line = there ? check_line(CHECK_DONE,
                                   insured ? "check.insurance.returned" : "check.platform.returned")
                      : check_line(CHECK_NOW, insured ? "check.insurance.returning"
                                                      : "check.platform.returning");
        return 1;
    }
    if (p->session->screen != SCREEN_WAITING)
        return 0;
    *line = check_line(CHECK_LATER, "check.receipt.later");
    return 1;
}

/* ---- a refund ---- */

/* First the hospital takes its record back, then the platform returns the money. */
static const struct {
    enum view_check_state hospital, platform;
    const char *hospital_key, *platform_key;
} refund_lines[] = {
    [REFUND_NEW] = {CHECK_NOW, CHECK_LATER, "check.hospital.uncrediting",
                    "check.platform.return_later"},
    [REFUND_SENDING] = {CHECK_DONE, CHECK_NOW, "check.hospital.uncredited",
                        "check.platform.returning"},
    [REFUND_UNKNOWN] = {CHECK_DONE, CHECK_NOW, "check.hospital.uncredited",
                        "check.platform.asking"},
    [REFUND_DONE] = {CHECK_DONE, CHECK_DONE, "check.hospital.uncredited",
                     "check.platform.returned"},
    [REFUND_REFUSED] = {CHECK_NOT, CHECK_NOT, "check.hospital.kept", "check.platform.refused"},
    [REFUND_CASE] = {CHECK_DONE, CHECK_NOW, "check.hospital.uncredited", "check.platform.case"},
};

/* Of an insured bill the own part alone: the hospital takes nothing back. */
static bool stays_settled(const struct order *order, const struct refund *refund) {
    return refund->claim != PART_NONE && order_settles_insured(order_shown_leg(order)) &&
           money_compare(refund->amount, order->claims[refund->claim].amount) < 0;
}

static int refund_checks(const struct order *order, const struct refund *refund,
                         struct view_check checks[VIEW_CHECKS_MAX]) {
    enum refund_state state = refund != NULL ? refund->state : REFUND_NEW;

    checks[0] = check_line(refund_lines[state].hospital, refund_lines[state].hospital_key);
    if (refund != NULL && stays_settled(order, refund))
        checks[0] = check_line(CHECK_DONE, "check.hospital.stands");
    checks[1] = check_line(refund_lines[state].platform, refund_lines[state].platform_key);
    return 2;
}

/* What a portal has received it tells nobody but the hospital. */
int present_payment_checks(const struct presenting *p, const struct order *order,
                           struct view_check checks[VIEW_CHECKS_MAX]) {
    const struct leg *leg = order_shown_leg(order);
    int count = 0;

    if (leg->state != LEG_PAID || !route_traits(leg->route)->seen_at_his)
        checks[count++] = platform_line(p, order);
    checks[count++] = hospital_line(order);
    return count;
}

int present_checks(const struct presenting *p, struct view_check checks[VIEW_CHECKS_MAX]) {
    const struct order *order = present_order(p);

    if (p->session->payment.slot < 0)
        return 0;
    if (p->session->service == SERVICE_REFUND)
        return refund_checks(order, giving_back_refund(p->session, order), checks);
    int count = present_payment_checks(p, order, checks);
    return count + add_last_line(p, order, &checks[count]);
}
