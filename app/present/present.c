#include "app/present/present.h"

#include <stdio.h>
#include <string.h>

#include "app/core/visit/bill_choice.h"
#include "app/core/visit/flows.h"
#include "app/core/visit/keys.h"
#include "app/core/visit/screens.h"
#include "app/core/visit/typing.h"
#include "app/core/visit/who.h"
#include "app/present/parts.h"

static const char *site_text(const char *text) {
    return text != NULL ? text : "";
}

static const enum service offered[] = {SERVICE_BILLS, SERVICE_DEPOSIT, SERVICE_RECORDS,
                                       SERVICE_REFUND};

void present_welcome(const struct presenting *p) {
    int count = (int)(sizeof offered / sizeof *offered);

    p->view->of.welcome.identified = p->session->who.identity != IDENTITY_NONE;
    p->view->of.welcome.direct = p->core->setup.policy.confirm == CONFIRM_TYPED;
    p->view->of.welcome.scanner = offer_role_ready(&p->core->terminal, ROLE_SCANNER);
    p->view->of.welcome.id_reader = offer_role_ready(&p->core->terminal, ROLE_ID_READER);
    p->view->of.welcome.card_reader = offer_role_ready(&p->core->terminal, ROLE_CARD_READER);
    p->view->of.welcome.count = count;
    for (int i = 0; i < count; i++) {
        enum notice obstacle = offer_service_obstacle(p->at, offered[i]);
        p->view->of.welcome.services[i] = (struct view_service){.service = (int)offered[i],
                                                                .enabled = obstacle == NOTICE_NONE,
                                                                .reason_key = reason_key(obstacle)};
    }
}

void present_service(const struct presenting *p) {
    present_welcome(p);
}

void present_identify(const struct presenting *p) {
    p->view->of.identify.service = (int)p->session->service;
    p->view->of.identify.scanner = offer_role_ready(&p->core->terminal, ROLE_SCANNER);
    p->view->of.identify.id_reader = offer_role_ready(&p->core->terminal, ROLE_ID_READER);
    p->view->of.identify.card_reader = offer_role_ready(&p->core->terminal, ROLE_CARD_READER);
}

/* The letters that this hospital's numbers begin with, each once. */
static const char *prefixes_of(const struct presenting *p) {
    const struct core_setup *setup = &p->core->setup;
    char *out = p->store->prefixes;
    int n = 0;

    out[0] = '\0';
    for (int i = 0; i < setup->code_rule_count; i++) {
        char first = setup->code_rules[i].prefix[0];
        if (first >= 'A' && first <= 'Z' && strchr(out, first) == NULL) {
            out[n++] = first;
            out[n] = '\0';
        }
    }
    return out;
}

void present_keypad(const struct presenting *p) {
    bool last4 = p->session->field == FIELD_LAST4;
    struct view *view = p->view;

    memcpy(p->store->typed, p->session->typed, sizeof p->store->typed);
    view->of.keypad.title_key = last4 ? "keypad.last4" : "keypad.card_no";
    view->of.keypad.typed = p->store->typed;
    view->of.keypad.masked = view->of.keypad.x = last4;
    view->of.keypad.length_min = last4 ? 4 : 1;
    view->of.keypad.length_max = last4 ? 4 : TYPED_SIZE - 1;
    view->of.keypad.letters = !last4;
    view->of.keypad.board = p->session->page == TYPING_LETTERS;
    view->of.keypad.prefixes = prefixes_of(p);
}

void present_confirm(const struct presenting *p) {
    p->view->of.confirm.service = (int)p->session->service;
    p->view->of.confirm.hidden = !p->session->who.confirmed;
    p->view->of.confirm.asks_last4 = who_asks_last4(p->at);
    p->view->of.confirm.closed = p->session->notice == NOTICE_HOURS;
    if (p->session->giving_back.plan.count > 0 && session_payments(p->session) != NULL)
        present_refund_confirm(p);
}

void present_help(const struct presenting *p) {
    enum screen about = p->session->help_back;
    bool plan = about == SCREEN_CONFIRM && p->session->giving_back.plan.count > 0;
    bool refund = p->session->service == SERVICE_REFUND && (plan || about == SCREEN_AMOUNT);

    /* The amount and the confirmation of a refund are explained with what can go back. */
    p->view->of.help.about = refund ? SCREEN_RECORDS : about;
    p->view->of.help.called = p->session->called_ms != 0;
    p->view->of.help.card =
        p->session->help_back == SCREEN_PAY_CODE && p->session->payment.slot >= 0;
}

void present_out_of_service(const struct presenting *p) {
    enum notice why = p->core->terminal.out_of_service ? NOTICE_OUT_OF_SERVICE : NOTICE_JOURNAL;

    p->view->of.out_of_service.reason_key = reason_key(why);
    p->view->of.out_of_service.code = notice_code(why);
}

void present_take(const struct presenting *p) {
    const struct visit_left *left = &p->session->left;

    p->view->of.take.card = left->card;
    p->view->of.take.id_card = left->id_card;
    p->view->of.take.receipt = left->receipt;
}

static presenter *const presenters[SCREEN_COUNT] = {
#define X(upper, lower) [SCREEN_##upper] = present_##lower,
    SCREENS(X)
#undef X
};

static bool is_broken(enum device_word word) {
    return word == DEVICE_ABSENT || word == DEVICE_OFFLINE || word == DEVICE_FAULT;
}

static enum notice printer_notice(const struct device_state *printer) {
    if (is_broken(printer->device) || printer->supply == SUPPLY_JAM)
        return NOTICE_PRINTER_ABSENT;
    if (printer->supply == SUPPLY_OUT)
        return NOTICE_NO_PAPER;
    return printer->supply == SUPPLY_LOW ? NOTICE_PAPER_LOW : NOTICE_NONE;
}

static void add_device_notice(struct view *view, enum notice notice) {
    if (notice != NOTICE_NONE && view->device_notice_count < VIEW_NOTICES_MAX)
        view->device_notice_keys[view->device_notice_count++] = notice_key(notice);
}

/* Things of earlier patients: for whoever comes to the first screen. */
static void present_left(const struct presenting *p) {
    const bool *left = p->core->terminal.left;

    if (screen_rule(p->session->screen)->idle != IDLE_AT_REST)
        return;
    add_device_notice(p->view, left[ROLE_CARD_READER] ? NOTICE_CARD_LEFT : NOTICE_NONE);
    add_device_notice(p->view, left[ROLE_PRINTER] ? NOTICE_RECEIPT_LEFT : NOTICE_NONE);
}

/* A device that has not spoken yet is not called broken. */
static void present_devices(const struct presenting *p) {
    const struct device_state *devices = p->core->terminal.devices;

    add_device_notice(p->view, is_broken(devices[ROLE_SCANNER].device) ? NOTICE_SCANNER_ABSENT
                                                                       : NOTICE_NONE);
    add_device_notice(p->view, printer_notice(&devices[ROLE_PRINTER]));
    present_left(p);
}

/* What the way back is called where it leads to another way to pay. */
static const char *back_key(const struct session *session) {
    return session->screen == SCREEN_PAY_CODE ? "nav.other_way" : "nav.back";
}

/* The first screen with a person's own numbers on it: whoever it is not gets away at once. */
static bool is_first(const struct session *session) {
    return session->screen == SCREEN_BILLS || session->screen == SCREEN_RECORDS ||
           (session->screen == SCREEN_AMOUNT && session->service == SERVICE_DEPOSIT);
}

/* What it is about, in the words of the patient. */
static void present_what(const struct presenting *p) {
    static const char *const keys[SERVICE_COUNT] = {[SERVICE_BILLS] = "what.bills",
                                                    [SERVICE_DEPOSIT] = "what.deposit",
                                                    [SERVICE_REFUND] = "what.refund"};
    const struct order *order = present_order(p);
    const char *key = keys[p->session->service];

    p->view->what_key = key != NULL ? key : "";
    p->view->what_count =
        order->claim_count > 0 ? order->claim_count : bill_choice_count(p->session);
}

static void present_ways(const struct presenting *p) {
    struct view *view = p->view;

    view->can_back = offer_back(p->at);
    view->can_home = view->screen != SCREEN_WELCOME && view->screen != SCREEN_OUT_OF_SERVICE;
    view->can_help = view->screen != SCREEN_HELP;
    view->back_key = back_key(p->session);
    view->not_me = view->identified && is_first(p->session);
    view->can_staff = p->core->setup.has_staff_pin &&
                      (screen_rule(view->screen)->touches & 1u << TOUCH_STAFF) != 0;
}

static void present_warning(const struct presenting *p) {
    int64_t left_ms = offer_idle_left_ms(p->at);

    p->view->warning = p->session->warning;
    if (p->session->warning && left_ms != INT64_MAX)
        p->view->warning_left_s = (int)((left_ms + 999) / 1000);
}

const char *present_when(const struct presenting *p, const char *text, char out[CLOCK_TEXT_SIZE]) {
    bool moment = strlen(text) >= 16 && text[10] == ' ';
    int from = 0;

    if (moment && strncmp(text, p->store->clock, 10) == 0)
        from = 11;
    else if (moment && strncmp(text, p->store->clock, 5) == 0)
        from = 5;
    snprintf(out, CLOCK_TEXT_SIZE, "%s", text + from);
    if (moment)
        out[16 - from] = '\0';
    return out;
}

/* At a desk there is no visit, and nothing of one is shown. */
static void present_site_of_desk(const struct presenting *p) {
    struct view *view = p->view;

    view->hospital_name = site_text(p->site->hospital_name);
    view->terminal_no = site_text(p->site->terminal_no);
    view->phone = site_text(p->site->phone);
    view->clock = p->store->clock;
    view->account = view_nobody();
    view->what_key = view->back_key = view->notice_key = view->notice_code = "";
    view->of.desk.cashier = site_text(p->site->cashier);
}

void present_view(const struct core *core, const struct present_site *site, struct now now,
                  struct present_store *store, struct view *out) {
    const struct session *session = &core->session;
    const struct presenting p = {core, core_situation(core, now), session, site, now, store, out};

    memset(out, 0, sizeof *out);
    clock_text(now.wall_ms, store->clock);
    store->clock[16] = '\0'; /* no seconds: they would be drawn anew every second */
    if (core->window.on) {
        present_site_of_desk(&p);
        present_desk(&p);
        return;
    }
    memcpy(store->order_no, session->payment.order_no, sizeof store->order_no);
    out->screen = session->screen;
    out->revision = session->revision;
    out->language = session->language == LANGUAGE_EN ? VIEW_EN : VIEW_ZH;
    out->hospital_name = site_text(site->hospital_name);
    out->terminal_no = site_text(site->terminal_no);
    out->clock = store->clock;
    out->phone = site_text(site->phone);
    out->mode =
        (struct view_mode){session->wishes.elder, session->wishes.low, session->wishes.dark};
    out->account = present_account(&p);
    out->identified = present_identified(&p);
    /* Help covers the notice of the screen below; it is there again afterwards. */
    enum notice notice = session->screen == SCREEN_HELP ? NOTICE_NONE : session->notice;
    out->notice_key = notice_key(notice);
    out->notice_code = notice_code(notice);
    present_what(&p);
    present_steps(&p);
    present_ways(&p);
    present_warning(&p);
    present_devices(&p);
    presenters[out->screen](&p);
}
