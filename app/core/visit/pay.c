/* From the channel to the money: the phone's code, the list read again, the order, its fate. */
#include "app/core/order/payments.h"
#include "app/core/order/shares.h"
#include "app/core/terms/codes.h"
#include "app/core/visit/parts.h"

#include <string.h>

#define BIT(i) (UINT64_C(1) << (i))

static void forget_pay_code(struct session *session) {
    text_wipe(session->payment.pay_code, sizeof session->payment.pay_code);
}

static void refuse_payment(struct visit *visit, enum notice notice) {
    forget_pay_code(visit->session);
    session_refuse(visit, SCREEN_CHANNEL, notice);
}

void pay_fill_person(const struct visit *visit, struct order_person *person) {
    const struct session *session = visit->session;
    const struct account *account = session_account(session);
    const struct hospital_card *card =
        session->who.card >= 0 ? &account->cards[session->who.card] : NULL;
    const char *cert_no =
        account->mdtrt_cert_no[0] != '\0' ? account->mdtrt_cert_no : session->who.identity_no;

    *person = (struct order_person){.account_type = account->account_type};
    mask_name(account->name, person->masked_name, sizeof person->masked_name);
    text_copy(person->patient_key, sizeof person->patient_key, account->patient_key);
    text_copy(person->mdtrt_cert_type, sizeof person->mdtrt_cert_type, account->mdtrt_cert_type);
    text_copy(person->mdtrt_cert_no, sizeof person->mdtrt_cert_no, cert_no);
    text_copy(person->cert_no, sizeof person->cert_no, account->cert_no);
    text_copy(person->his_cust_id, sizeof person->his_cust_id,
              card != NULL ? card->his_cust_id : account->his_cust_id);
    text_copy(person->his_cust_type, sizeof person->his_cust_type,
              card != NULL ? card->his_cust_type : "");
    text_copy(person->patient_type, sizeof person->patient_type, account->patient_type);
}

static void add_claim(struct order *order, const char *org_trace_no, const char *doc_trace_no,
                      struct fen amount) {
    struct claim *claim = &order->claims[order->claim_count++];

    text_copy(claim->org_trace_no, sizeof claim->org_trace_no, org_trace_no);
    text_copy(claim->doc_trace_no, sizeof claim->doc_trace_no, doc_trace_no);
    claim->amount = amount;
}

static void fill_claims(const struct session *session, struct order *order) {
    if (session->service == SERVICE_DEPOSIT) {
        add_claim(order, order->no, order->no, session->choice.amount);
        return;
    }
    for (int i = 0; i < session_bills(session)->bill_count; i++) {
        const struct bill *bill = &session_bills(session)->bills[i];
        if ((session->choice.selected & BIT(i)) != 0)
            add_claim(order, bill->org_trace_no, bill->doc_trace_no, bill->amount);
    }
}

static void fill_order(struct visit *visit, struct order *order) {
    const struct session *session = visit->session;
    const struct core_setup *setup = visit->setup;
    int64_t wall_ms = visit->now.wall_ms;

    order_next_no(wall_ms, setup->terminal_no, visit->book->last_no, order->no);
    memcpy(visit->book->last_no, order->no, ORDER_NO_SIZE);
    order->service = session->service;
    order->created_ms = wall_ms;
    order_add_leg(order, session->choice.channel, order->no, session->choice.amount);
    fill_claims(session, order);
    order_share_out(order);
    order->run = (struct order_run){.used = true};
}

static void open_order(struct visit *visit) {
    struct session *session = visit->session;
    struct order_person person;

    pay_fill_person(visit, &person);
    if (session->service == SERVICE_DEPOSIT && book_deposit_busy(visit->book, &person)) {
        refuse_payment(visit, NOTICE_STILL_ASKING);
        return;
    }
    int slot = book_take_slot(visit->book, session->payment.slot);
    if (slot < 0) {
        visit_effect(visit, EFFECT_LOG)->of.log.word = LOG_ORDERS_FULL;
        refuse_payment(visit, NOTICE_FULL);
        return;
    }
    struct order *order = &visit->book->orders[slot];
    memset(order, 0, sizeof *order);
    fill_order(visit, order);
    order->person = person;
    session->payment.slot = slot;
    memcpy(session->payment.order_no, order->no, ORDER_NO_SIZE);
    session->payment.card_step = CARD_STEP_NONE;
    session_wait(visit, WAITING_PLACING);
    book_open(visit_turn(visit), slot);
}

/* Everything that can refuse a payment without asking anybody. */
static enum notice payment_obstacle(const struct visit *visit) {
    const struct policy *policy = &visit->setup->policy;
    const struct session *session = visit->session;
    enum notice notice = offer_channel_obstacle(visit_situation(visit), session->choice.channel);

    if (notice == NOTICE_NONE)
        notice = offer_refusal_notice(
            policy_payment(policy, session->choice.channel, session->choice.amount));
    if (notice == NOTICE_NONE && session->service == SERVICE_DEPOSIT)
        notice = offer_deposit_obstacle(policy, session_account(session), session->choice.amount);
    return notice;
}

/* What the day's limits say; they are known when the journal has been read. */
static enum notice day_obstacle(const struct visit *visit) {
    const struct session *session = visit->session;
    const struct policy *policy = &visit->setup->policy;

    if (!policy_limits_day(policy))
        return NOTICE_NONE;
    return offer_refusal_notice(policy_day(policy, session->choice.amount,
                                           session_payments(session)->patient_today,
                                           session_payments(session)->terminal_today));
}

static void begin_payment(struct visit *visit) {
    struct session *session = visit->session;
    enum notice notice = payment_obstacle(visit);

    if (notice == NOTICE_NONE && policy_limits_day(&visit->setup->policy) &&
        session_payments(session) == NULL) {
        session_ask(visit, VERB_RECORDS, WAITING_PLACING);
        return;
    }
    if (notice == NOTICE_NONE)
        notice = day_obstacle(visit);
    if (notice != NOTICE_NONE)
        refuse_payment(visit, notice);
    else if (session->service == SERVICE_BILLS)
        session_ask(visit, VERB_BILLS, WAITING_PLACING); /* another window may have been faster */
    else
        open_order(visit);
}

void pay_day_answer(struct visit *visit, const struct event_answer *answer) {
    visit->session->documents[DOCUMENT_PAYMENTS] = document_of(answer, DOCUMENT_PAYMENTS);
    if (session_payments(visit->session) == NULL)
        refuse_payment(visit, NOTICE_JOURNAL);
    else
        begin_payment(visit);
}

void channel_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    if (touch.n <= CHANNEL_NONE || touch.n >= CHANNEL_COUNT || session_account(session) == NULL)
        return;
    session->choice.channel = (enum channel)touch.n;
    enum notice notice = payment_obstacle(visit);
    if (notice != NOTICE_NONE)
        refuse_payment(visit, notice);
    else if (session->choice.channel == CHANNEL_PHONE)
        session_show(visit, SCREEN_PAY_CODE);
    else
        begin_payment(visit);
}

void pay_scan(struct visit *visit, const struct event_scan *scan) {
    struct session *session = visit->session;
    const char *code = code_after_aim(scan->text);

    if (session->payment.slot >= 0)
        return; /* the terminal's, not the scanner's */
    if (scan->length == 0 || code[0] == '\0') {
        session_refuse(visit, SCREEN_PAY_CODE, NOTICE_CODE_UNREADABLE);
    } else if (code_pay_channel(code) == CHANNEL_NONE) {
        session_refuse(visit, SCREEN_PAY_CODE, NOTICE_CODE_WRONG_KIND);
    } else {
        text_copy(session->payment.pay_code, sizeof session->payment.pay_code, code);
        begin_payment(visit);
    }
}

/* The index of the same bill with the same amount in a newer list, -1: gone or changed. */
static int find_bill(const struct bill_list *bills, const struct bill *wanted) {
    for (int i = 0; i < bills->bill_count; i++)
        if (strcmp(bills->bills[i].org_trace_no, wanted->org_trace_no) == 0)
            return money_compare(bills->bills[i].amount, wanted->amount) == 0 ? i : -1;
    return -1;
}

/* The chosen bills in a newer list; 0: one of them is gone, changed or being decided elsewhere. */
static uint64_t same_bills(const struct visit *visit, const struct bill_list *fresh) {
    const struct session *session = visit->session;
    uint64_t bits = 0;

    for (int i = 0; i < session_bills(session)->bill_count; i++) {
        if ((session->choice.selected & BIT(i)) == 0)
            continue;
        int j = find_bill(fresh, &session_bills(session)->bills[i]);
        if (j < 0 || book_bill_busy(visit->book, fresh->bills[j].org_trace_no))
            return 0;
        bits |= BIT(j);
    }
    return bits;
}

void pay_answer(struct visit *visit, const struct event_answer *answer) {
    const struct bill_list *fresh = choose_list_of(answer);
    struct session *session = visit->session;

    if (fresh == NULL) {
        enum notice notice = session_answer_notice(answer);
        refuse_payment(visit, notice != NOTICE_NONE ? notice : NOTICE_HIS_REFUSED);
        return;
    }
    uint64_t same = same_bills(visit, fresh);
    if (same == 0) {
        forget_pay_code(session);
        choose_list(visit, fresh);
        session_refuse(visit, SCREEN_BILLS, NOTICE_BILLS_CHANGED);
        return;
    }
    session_keep(session, &fresh->head);
    session->choice.selected = same;
    open_order(visit);
}

bool pay_undecided(struct situation at) {
    const struct session *session = at.session;

    if (session->service == SERVICE_REFUND)
        return refund_runs(session);
    return session->payment.slot >= 0 && session->payment.verdict == VERDICT_NONE;
}

bool pay_at_terminal(struct situation at) {
    const struct session *session = at.session;
    const struct leg *leg = session->payment.slot >= 0
                                ? order_shown_leg(&at.book->orders[session->payment.slot])
                                : NULL;

    return leg != NULL && leg->route == ROUTE_POS && leg->state == LEG_PLACING;
}

bool pay_card_is_in(const struct session *session) {
    return session->payment.card_step > CARD_STEP_INSERT;
}

/* A return asks for the card again, wherever the patient stands by then. */
static void tell_of_return(struct visit *visit, enum card_step step) {
    struct session *session = visit->session;

    if (step == CARD_STEP_INSERT)
        session->notice = NOTICE_CARD_AGAIN;
    else if (session->notice == NOTICE_CARD_AGAIN)
        session->notice = NOTICE_NONE;
}

void pay_progress(struct visit *visit, const struct event_progress *progress) {
    struct session *session = visit->session;
    const struct order *order = visit_order(visit);
    enum card_step step = progress->step;

    if (order == NULL || !order_awaits(order, progress->request) || step <= CARD_STEP_NONE ||
        step >= CARD_STEP_COUNT)
        return;
    session_alive(visit); /* somebody is at the terminal */
    if (pay_at_terminal(visit_situation(visit)))
        session->payment.card_step = step;
    else
        tell_of_return(visit, step);
}

void pay_cancel(struct visit *visit) {
    if (visit->session->service == SERVICE_REFUND) {
        refund_leave(visit);
        return;
    }
    if (pay_at_terminal(visit_situation(visit)) && pay_card_is_in(visit->session)) {
        session_refuse(visit, SCREEN_PAY_CODE, NOTICE_TERMINAL_DECIDES);
        return;
    }
    book_cancel(visit_turn(visit), visit->session->payment.slot);
    /* Money that is there is told about at once; what is still being decided is not left alone. */
    if (session_base(visit->session) == SCREEN_WAITING &&
        (visit->session->waiting == WAITING_CREDIT || visit->session->waiting == WAITING_CLOSE))
        result_show(visit, visit_order(visit));
    else
        pay_follow(visit);
}

static bool by_our_code(enum channel channel) {
    return channel == CHANNEL_WECHAT || channel == CHANNEL_ALIPAY || channel == CHANNEL_UNIONPAY;
}

/* Is a payment that reached the hospital's books, or went back, still under way? */
static bool credit_under_way(const struct order *order) {
    enum order_state state = order_state(order);

    return state == ORDER_CREDITING || state == ORDER_RETURNING;
}

/* Where the patient stands with this order. */
static enum screen payment_screen(const struct session *session, const struct order *order,
                                  enum waiting_for *waiting) {
    const struct leg *leg = order_shown_leg(order);

    *waiting = WAITING_PLACING;
    switch (leg->state) {
    case LEG_NEW:
        return SCREEN_WAITING;
    case LEG_PLACING:
        if (leg->route != ROUTE_POS)
            return SCREEN_WAITING;
        if (!leg->close_wanted)
            return SCREEN_PAY_CODE;
        *waiting = WAITING_CLOSE;
        return SCREEN_WAITING;
    case LEG_PLACE_UNKNOWN:
    case LEG_WAITING:
        *waiting = leg->close_wanted ? WAITING_CLOSE : WAITING_CONFIRMING;
        if (leg->close_wanted) /* a code that is being closed is not shown again */
            return SCREEN_WAITING;
        return by_our_code(leg->channel) && session_link(session) != NULL ? SCREEN_PAY_QR
                                                                          : SCREEN_WAITING;
    case LEG_CLOSING:
        *waiting = WAITING_CLOSE;
        return SCREEN_WAITING;
    case LEG_PAID:
        *waiting = WAITING_CREDIT;
        return credit_under_way(order) ? SCREEN_WAITING : SCREEN_RESULT;
    case LEG_DECLINED:
    case LEG_CLOSED:
    case LEG_PAID_AFTER_CLOSE:
    case LEG_RETURNED:
    case LEG_CASE:
        break;
    }
    return SCREEN_RESULT;
}

/* A QR code that never came cannot be paid: the order is closed rather than waited out. */
static bool has_no_code(const struct session *session, const struct order *order) {
    const struct leg *leg = order_shown_leg(order);

    return by_our_code(leg->channel) && session_link(session) == NULL && !leg->close_wanted &&
           (leg->state == LEG_PLACE_UNKNOWN || leg->state == LEG_WAITING);
}

void pay_follow(struct visit *visit) {
    struct session *session = visit->session;
    const struct order *order = visit_order(visit);
    enum waiting_for waiting;

    if (order == NULL)
        return;
    if (session->service == SERVICE_REFUND) {
        refund_follow(visit);
        return;
    }
    if (session->payment.verdict != VERDICT_NONE) {
        result_update(visit, order);
        return;
    }
    if (has_no_code(session, order))
        book_cancel(visit_turn(visit), session->payment.slot);
    enum screen screen = payment_screen(session, order, &waiting);
    bool same = screen == session_base(session) &&
                (screen != SCREEN_WAITING || waiting == session->waiting);
    if (same)
        return;
    if (screen == SCREEN_WAITING)
        session_wait(visit, waiting);
    else if (screen == SCREEN_RESULT)
        result_show(visit, order);
    else
        session_show(visit, screen);
}
