/* The names of what can be touched, for those who go through a screen by keys. */
#include <stdio.h>
#include <string.h>

#include "ui/voice/speech.h"

static const char *next_name(const struct view *view) {
    switch (view->screen) {
    case SCREEN_IDENTIFY:
        return "identify.next";
    case SCREEN_KEYPAD:
        return "keypad.next";
    case SCREEN_CONFIRM:
        return view->of.confirm.asks_last4 ? "confirm.next.last4" : "confirm.next";
    case SCREEN_BILLS:
        return "tip.next";
    case SCREEN_HELP:
        return "help.back";
    case SCREEN_TAKE:
        return "take.done";
    default:
        return "say.go_on";
    }
}

static const char *back_name(const struct view *view) {
    switch (view->screen) {
    case SCREEN_BILL:
        return "bill.back";
    case SCREEN_INSURANCE:
        return "insurance.back";
    case SCREEN_HELP:
        return "help.back";
    case SCREEN_CONFIRM:
        return view->of.confirm.refund_count > 0 ? "refund_confirm.no" : "confirm.no";
    default:
        return view->back_key[0] ? view->back_key : "nav.back";
    }
}

static const char *home_name(const struct view *view) {
    if (view->screen == SCREEN_RESULT)
        return "result.exit";
    if (view->screen == SCREEN_BILLS && view->of.bills.total_count == 0)
        return "bills.done";
    if (view->screen == SCREEN_CONFIRM && view->of.confirm.closed)
        return "confirm.done";
    return view->not_me ? "nav.not_me.plain" : "nav.home";
}

static const char *all_name(const struct view *view) {
    if (view->screen == SCREEN_RECORDS)
        return "say.all_back";
    return view->of.bills.all_selected ? "bills.none" : "bills.all";
}

/* Names that depend on the screen; NULL: it has another. */
static const char *name_on_screen(const struct view *view, enum touch_kind kind) {
    bool typing = view->screen == SCREEN_KEYPAD;
    switch (kind) {
    case TOUCH_NEXT:
        return next_name(view);
    case TOUCH_BACK:
        return back_name(view);
    case TOUCH_HOME:
        return home_name(view);
    case TOUCH_ALL:
        return all_name(view);
    case TOUCH_MORE:
        return typing ? "keypad.others" : "page.more";
    case TOUCH_LESS:
        return typing ? "keypad.digits.back" : "page.less";
    case TOUCH_AGAIN:
        return view->screen == SCREEN_BILLS    ? "bills.again"
               : view->screen == SCREEN_PAY_QR ? "pay.uninsured"
                                               : "result.again.short";
    case TOUCH_PAY:
        return view->screen == SCREEN_CONFIRM  ? "service.refund"
               : view->screen == SCREEN_RESULT ? "say.next_bill"
                                               : "say.pay";
    case TOUCH_LARGER:
        return view->mode.elder ? "nav.standard" : "nav.larger";
    case TOUCH_LOW:
        return view->mode.low ? "nav.high" : "nav.low";
    case TOUCH_DARK:
        return view->mode.dark ? "nav.light" : "nav.dark";
    case TOUCH_LANG:
        return view->language == VIEW_ZH ? "say.english" : "say.chinese";
    default:
        return NULL;
    }
}

static void name_bill(const struct view *view, int n, struct speech *out) {
    int row = n - 1 - view->of.bills.first;
    speech_say(out, "say.bill");
    speech_number(out, n, false);
    if (row < 0 || row >= view->of.bills.count)
        return;
    speech_say(out, view->of.bills.rows[row].selected ? "say.chosen" : "say.not_chosen");
    speech_own_amount(out, "", view->of.bills.rows[row].amount_fen);
}

/* What became of a payment: words that hold a date or a number are said without. */
static void say_state(const char *state_key, struct speech *out) {
    static const char *const with_gaps[] = {
        "records.late_returned", "records.refund_partly", "records.refund_unconfirmed",
        "records.refunded",      "records.returned",      "records.settled",
        "records.window"};
    char key[SPEECH_KEY_SIZE];
    bool gaps = false;
    for (size_t i = 0; i < sizeof with_gaps / sizeof *with_gaps; i++)
        gaps = gaps || strcmp(state_key, with_gaps[i]) == 0;
    snprintf(key, sizeof key, "%s%s", gaps ? "say." : "", state_key);
    speech_say(out, key);
}

static void name_payment(const struct view *view, int n, struct speech *out) {
    int row = n - 1 - view->of.records.first;
    speech_say(out, "say.payment");
    speech_number(out, n, false);
    if (row >= 0 && row < view->of.records.count)
        speech_own_amount(out, "", view->of.records.rows[row].amount_fen);
    if (row < 0 || row >= view->of.records.count || view->of.records.refund)
        return;
    if (view->of.records.rows[row].elsewhere != NULL)
        speech_say(out, "say.elsewhere");
    say_state(view->of.records.rows[row].state_key, out);
}

static void name_key(int key, struct speech *out) {
    const char text[] = {(char)key, '\0'};
    if (key == KEY_DELETE || key == KEY_CLEAR)
        speech_say(out, key == KEY_DELETE ? "key.del" : "key.clear");
    else if (key == '.')
        speech_say(out, "say.point");
    else
        speech_own_text(out, "", text);
}

/* One of several: a word and its number. */
static void name_counted(const char *key, int n, struct speech *out) {
    speech_say(out, key);
    speech_number(out, n, false);
}

static void name_of_set(const char *set, const char *name, struct speech *out) {
    char key[SPEECH_KEY_SIZE];
    snprintf(key, sizeof key, "%s.%s", set, name);
    speech_say(out, key);
}

static void name_amount(const struct view *view, int n, struct speech *out) {
    name_counted("amount.usual", n, out);
    if (view->screen == SCREEN_AMOUNT && n >= 1 && n <= view->of.amount.preset_count)
        speech_own_amount(out, "", view->of.amount.presets_fen[n - 1]);
}

void speech_of_touch(const struct view *view, struct touch touch, struct speech *out) {
    const char *name = name_on_screen(view, touch.kind);
    if (view->screen == SCREEN_STAFF)
        return;
    if (name) {
        speech_say(out, name);
        return;
    }
    switch (touch.kind) {
    case TOUCH_BILL:
        (view->screen == SCREEN_RECORDS ? name_payment : name_bill)(view, touch.n, out);
        return;
    case TOUCH_DETAIL:
        if (view->screen == SCREEN_PAY_QR)
            speech_say(out, "insurance.detail");
        else
            name_counted("bills.detail", touch.n, out);
        return;
    case TOUCH_CARD:
        name_counted("say.card", touch.n, out);
        return;
    case TOUCH_AMOUNT:
        name_amount(view, touch.n, out);
        return;
    case TOUCH_KEY:
        name_key(touch.n, out);
        return;
    case TOUCH_CHANNEL:
        name_of_set("way", channel_name(touch.n), out);
        return;
    case TOUCH_SERVICE:
        name_of_set("service", service_name(touch.n), out);
        return;
    case TOUCH_HELP:
        speech_say(out, "nav.help");
        return;
    case TOUCH_CANCEL:
        speech_say(out, view->screen == SCREEN_PUSHED ? "pushed.leave" : "pay.cancel");
        return;
    case TOUCH_EXTEND:
        speech_say(out, "warning.extend");
        return;
    case TOUCH_PRINT:
        speech_say(out, "result.print");
        return;
    case TOUCH_CALL:
        speech_say(out, "help.call");
        return;
    case TOUCH_REPEAT:
        speech_say(out, "nav.repeat");
        return;
    default:
        return;
    }
}
