/* The views in which money moves: ways to pay, codes, the wait. */
#include <string.h>

#include "app/core/order/shares.h"
#include "app/core/terms/mask.h"
#include "app/core/visit/bill_choice.h"
#include "app/core/visit/keys.h"
#include "app/core/visit/pay_code.h"
#include "app/core/visit/typing.h"
#include "app/present/parts.h"

#define PHONE_HEAD 3 /* of its number, as phones show it: 138****0011 */
#define PHONE_TAIL 4

const struct order *present_order(const struct presenting *p) {
    static const struct order no_order;

    return p->session->payment.slot >= 0 ? &p->core->book.orders[p->session->payment.slot]
                                         : &no_order;
}

struct view_channel present_way(const struct presenting *p, enum channel channel) {
    enum notice obstacle = offer_channel_obstacle(p->at, channel);

    return (struct view_channel){.channel = (int)channel,
                                 .enabled = obstacle == NOTICE_NONE,
                                 .one_by_one = channel == CHANNEL_INSURANCE &&
                                               bill_choice_count(p->session) > 1,
                                 .reason_key = reason_key(obstacle)};
}

/* The chosen channels in the order of the configuration. */
void present_channel(const struct presenting *p) {
    int most = (int)(sizeof p->view->of.channel.channels / sizeof *p->view->of.channel.channels);
    struct view *view = p->view;

    view->of.channel.amount_fen = p->session->choice.amount.fen;
    view->of.channel.service = (int)p->session->service;
    for (int i = 0; i < p->site->channel_count && view->of.channel.count < most; i++) {
        enum channel channel = p->site->channels[i];
        if (offer_channel_obstacle(p->at, channel) != NOTICE_INSURED_BILLS_ONLY)
            view->of.channel.channels[view->of.channel.count++] = present_way(p, channel);
    }
}

static int seconds_of(int64_t ms) {
    return ms > 0 ? (int)((ms + 999) / 1000) : 0;
}

struct view_split present_split(const struct order *order) {
    const struct leg *leg = order_insured_leg(order);

    if (leg == NULL) /* or only the phone knows */
        return (struct view_split){.insured =
                                       order->leg_count > 0 &&
                                       route_traits(order_shown_leg(order)->route)->seen_at_his};
    const struct split *split = &leg->split;
    int64_t insured_fen = split->fund.fen + split->account.fen, own_fen = split->own.fen;
    return (struct view_split){.insured = true,
                               .known = insured_fen + own_fen > 0 && !leg->own_only,
                               .total_fen = leg->amount.fen,
                               .fund_fen = split->fund.fen,
                               .account_fen = split->account.fen,
                               .own_fen = own_fen};
}

static struct view_insured insured_of(const struct pay_link *link) {
    struct view_insured out = {.line_count = link != NULL ? link->line_count : 0};

    for (int i = 0; i < out.line_count; i++) {
        out.outside_count += link->lines[i].outside.fen > 0;
        out.outside_fen += link->lines[i].outside.fen;
    }
    return out;
}

void present_pay_qr(const struct presenting *p) {
    const struct order *order = present_order(p);
    struct view *view = p->view;

    view->of.pay_qr.split = present_split(order);
    view->of.pay_qr.amount_fen =
        view->of.pay_qr.split.known ? view->of.pay_qr.split.own_fen : order_amount(order).fen;
    view->of.pay_qr.link = session_link(p->session) != NULL ? session_link(p->session)->url : "";
    bool alipay = session_link(p->session) != NULL && session_link(p->session)->alipay_only;
    view->of.pay_qr.channel = (int)(alipay ? CHANNEL_ALIPAY : p->session->choice.channel);
    view->of.pay_qr.left_s = seconds_of(order_shown_leg(order)->expire_ms - p->now.wall_ms);
    view->of.pay_qr.whole_s = seconds_of(p->core->setup.limits.expire_ms);
    view->of.pay_qr.order_no = p->store->order_no;
    view->of.pay_qr.insured = insured_of(session_link(p->session));
    view->of.pay_qr.own_part =
        order_insured_leg(order) != NULL && order_insured_leg(order) != order_shown_leg(order);
    view->of.pay_qr.other_way = p->session->choice.channel == CHANNEL_INSURANCE;
    view->can_home = false; /* the way out of a code that can be paid closes it */
}

/* As the line of ORG_002 that has this number is called, of a chosen bill; "" where none is. */
static const char *insured_name(const struct presenting *p, const struct insured_line *line) {
    const struct bill_list *bills = session_bills(p->session);
    size_t length = strlen(line->sn);

    for (int i = 0; bills != NULL && i < bills->bill_count; i++)
        for (int j = 0; session_selected(p->session, i) && j < bills->bills[i].line_count; j++) {
            const struct bill_line *listed = &bills->lines[bills->bills[i].first_line + j];
            size_t key = strlen(listed->key);
            if (key > length && listed->key[key - length - 1] == '|' &&
                strcmp(listed->key + key - length, line->sn) == 0 && listed->name[0] != '\0')
                return listed->name;
        }
    return "";
}

static const char *class_key(enum insured_class class) {
    static const char *const keys[] = {[INSURED_UNSAID] = "",
                                       [INSURED_FIRST] = "insurance.first",
                                       [INSURED_SECOND] = "insurance.second",
                                       [INSURED_OUTSIDE] = "insurance.outside"};
    return keys[class];
}

static struct view_insured_line insured_line_of(const struct presenting *p,
                                                const struct insured_line *line) {
    const char *name = insured_name(p, line);

    return (struct view_insured_line){.name = name,
                                      .class_key = class_key(line->class),
                                      .amount_fen = line->amount.fen,
                                      .outside_fen = line->outside.fen,
                                      .share_percent = line->share_percent,
                                      .number = name[0] == '\0' ? line->sn : ""};
}

void present_insurance(const struct presenting *p) {
    const struct pay_link *link = session_link(p->session);
    int a_page = visit_rows_a_page(p->at, PAGE_LINES), total = link != NULL ? link->line_count : 0;
    struct view *view = p->view;

    view->of.insurance.split = present_split(present_order(p));
    view->of.insurance.insured = insured_of(link);
    view->of.insurance.page = p->session->page;
    view->of.insurance.page_count = total > 0 ? (total + a_page - 1) / a_page : 1;
    view->of.insurance.first = p->session->page * a_page;
    for (int i = view->of.insurance.first; i < total && view->of.insurance.count < a_page; i++)
        view->of.insurance.rows[view->of.insurance.count++] = insured_line_of(p, &link->lines[i]);
    view->can_home = false; /* the code on the screen before can be paid meanwhile */
}

void present_pushed(const struct presenting *p) {
    const struct order *order = present_order(p);
    const struct account *account = session_account(p->session);
    struct view *view = p->view;

    mask_middle(account != NULL ? account->phone : "", PHONE_HEAD, PHONE_TAIL, p->store->phone,
                sizeof p->store->phone);
    view->of.pushed.amount_fen = order_amount(order).fen;
    view->of.pushed.split = present_split(order);
    view->of.pushed.phone = p->store->phone;
    view->of.pushed.unsure = !order_push_is_sure(order);
    view->of.pushed.left_s = seconds_of(order_shown_leg(order)->expire_ms - p->now.wall_ms);
    view->of.pushed.whole_s = seconds_of(p->core->setup.limits.push_ms);
    view->of.pushed.order_no = p->store->order_no;
    view->can_home = false; /* one way out, which says what stays */
}

static enum pinpad_step pinpad_step(enum card_step step) {
    static const enum pinpad_step steps[CARD_STEP_COUNT] = {
        [CARD_STEP_NONE] = PINPAD_STARTING,   [CARD_STEP_INSERT] = PINPAD_INSERT,
        [CARD_STEP_READING] = PINPAD_READING, [CARD_STEP_PIN] = PINPAD_PIN,
        [CARD_STEP_PIN_KEY] = PINPAD_PIN,     [CARD_STEP_PIN_DONE] = PINPAD_BANK,
        [CARD_STEP_ONLINE] = PINPAD_BANK,     [CARD_STEP_REMOVE] = PINPAD_REMOVE};
    return steps[step];
}

/* The countdown is for putting the card in: after that the pinpad has the time. */
static void present_pay_card(const struct presenting *p) {
    bool in = p->session->payment.card_step > CARD_STEP_INSERT;
    struct view *view = p->view;

    view->of.pay_code.card = true;
    view->of.pay_code.time_key = "pay_card.time";
    view->of.pay_code.step = pinpad_step(p->session->payment.card_step);
    view->of.pay_code.progress_key = card_step_key(p->session->payment.card_step);
    view->of.pay_code.can_cancel = !in;
    view->of.pay_code.left_s =
        in ? 0 : seconds_of(order_shown_leg(present_order(p))->expire_ms - p->now.wall_ms);
    view->of.pay_code.whole_s = in ? 0 : seconds_of(p->core->setup.limits.expire_ms);
    view->can_back = false;
    view->can_home = false; /* one way out: CANCEL, and at the pinpad once the card is in */
}

/* The code is here and pays when the count is over: any touch takes it back. */
static void present_counting(const struct presenting *p) {
    int64_t whole_ms = pay_code_count_ms(p->at);
    struct view *view = p->view;

    view->of.pay_code.counting = true;
    view->of.pay_code.left_s = seconds_of(p->session->since_mono_ms + whole_ms - p->now.mono_ms);
    view->of.pay_code.whole_s = seconds_of(whole_ms);
    view->of.pay_code.progress_key = "pay_code.counting";
    view->of.pay_code.time_key = "pay_code.counting.time";
    view->can_back = false; /* one way out: CANCEL, wherever it is touched */
    view->can_home = false;
}

void present_pay_code(const struct presenting *p) {
    struct view *view = p->view;

    view->of.pay_code.amount_fen = p->session->choice.amount.fen;
    view->of.pay_code.order_no = p->store->order_no;
    if (p->session->choice.channel == CHANNEL_CARD) {
        present_pay_card(p);
        return;
    }
    view->of.pay_code.can_cancel = true;
    if (p->session->payment.counting) {
        present_counting(p);
        return;
    }
    view->of.pay_code.left_s = seconds_of(offer_idle_left_ms(p->at));
    view->of.pay_code.whole_s = seconds_of(screen_idle_limit_ms(p->at));
    bool insured = p->session->choice.channel == CHANNEL_INSURANCE;
    view->of.pay_code.progress_key = insured ? "insurance.code.text" : "pay_code.text";
    view->of.pay_code.time_key = insured ? "insurance.code.time" : "pay_code.time";
}

/* A phone's own code is charged as it is placed: from then on nobody says that no money has moved.
 */
static enum waiting_for waiting_of(const struct presenting *p) {
    const struct leg *leg = order_shown_leg(present_order(p));
    bool charging = leg->channel == CHANNEL_PHONE && leg->state != LEG_NEW;

    return p->session->waiting == WAITING_PLACING && charging ? WAITING_CONFIRMING
                                                              : p->session->waiting;
}

void present_waiting(const struct presenting *p) {
    const struct order *order = present_order(p);
    const struct wait_row *row = wait_row(waiting_of(p));
    struct view *view = p->view;

    view->of.waiting.title_key = row->title_key;
    view->of.waiting.text_key =
        p->session->choice.channel == CHANNEL_CARD ? row->card_text_key : row->text_key;
    view->of.waiting.has_amount = p->session->payment.slot >= 0;
    view->of.waiting.amount_fen = p->session->waiting == WAITING_REFUND
                                      ? session_refund_amount(p->session).fen
                                      : order_amount(order).fen;
    view->of.waiting.channel_key = "";
    view->of.waiting.warns = view->of.waiting.has_amount && waiting_of(p) != WAITING_PLACING;
    view->of.waiting.check_count = present_checks(p, view->of.waiting.checks);
    view->of.waiting.order_no = p->store->order_no;
    view->of.waiting.can_cancel = p->session->waiting == WAITING_CONFIRMING;
    view->of.waiting.waited_s = (int)((p->now.mono_ms - p->session->wait_mono_ms) / 1000);
}
