/* Every screen read aloud: what it is, what to do, and what matters about the money. */
#include <stdlib.h>
#include <string.h>

#include "ui/screens/screens.h"
#include "ui/voice/speech.h"

static void welcome_aloud(const struct view *view, struct speech *out) {
    struct greeting greeting = welcome_greeting(view);
    speech_say(out, greeting.title_key);
    speech_say(out, greeting.text_key);
    speech_say(out, "say.keys");
}

static void identify_aloud(const struct view *view, struct speech *out) {
    bool reads =
        view->of.identify.scanner || view->of.identify.id_reader || view->of.identify.card_reader;
    speech_say(out, "title.identify");
    speech_say(out, reads ? "identify.hint" : "identify.hint.keypad");
}

static void keypad_aloud(const struct view *view, struct speech *out) {
    speech_say(out, view->of.keypad.masked ? "title.last4" : "title.card_no");
    speech_say(out, "keypad.hint");
}

/* The last digits of the number: prompts know no names. */
static void person_aloud(const struct view *view, struct speech *out) {
    size_t length = strlen(view->account.number);
    if (length > 0)
        speech_own_text(out, "say.number_ends",
                        view->account.number + (length > 4 ? length - 4 : 0));
}

static void confirm_aloud(const struct view *view, struct speech *out) {
    bool refund = view->of.confirm.refund_count > 0;
    speech_say(out, refund                    ? "title.refund_confirm"
                    : view->of.confirm.closed ? "title.closed"
                                              : "title.confirm");
    if (refund) {
        speech_own_amount(out, "result.refund", view->of.confirm.refund_fen);
        speech_say(out, "refund_confirm.hint");
    } else {
        person_aloud(view, out);
    }
}

static void cards_aloud(const struct view *view, struct speech *out) {
    (void)view;
    speech_say(out, "title.cards");
    speech_say(out, "cards.hint");
}

/* The clinics of a page of bills, each once; of those that no prompt knows, where they stand. */
static void clinics_aloud(const struct view_bill *bills, int count, struct speech *out) {
    const char *said[VIEW_ROWS_MAX];
    bool unknown = false;
    int known = 0;
    for (int i = 0; i < count; i++) {
        const struct department *clinic = speech_department(bills[i].department);
        bool again = false;
        for (int j = 0; clinic && j < known; j++)
            again = again || strcmp(said[j], clinic->key) == 0;
        unknown = unknown || (!clinic && bills[i].department[0]);
        if (!clinic || again)
            continue;
        said[known++] = clinic->key;
        speech_own_text(out, clinic->key, "");
    }
    if (unknown)
        speech_say(out, "say.see_screen");
}

static void bills_aloud(const struct view *view, struct speech *out) {
    int total = view->of.bills.total_count;
    if (view->of.bills.tip[0]) {
        speech_say(out, "title.tip");
        return;
    }
    if (total == 0) {
        speech_say(out, "bills.empty.title");
        speech_say(out, "bills.empty.text");
        return;
    }
    speech_say(out, "title.bills");
    person_aloud(view, out);
    speech_say(out, "say.there_are");
    speech_number(out, total, true);
    speech_add(out, "say.bills");
    clinics_aloud(view->of.bills.rows, view->of.bills.count, out);
    speech_own_amount(out, "bills.you_pay", view->of.bills.selected_fen);
    if (view->of.bills.code_now)
        speech_say(out, "bills.code_now");
}

static void bill_aloud(const struct view *view, struct speech *out) {
    speech_say(out, "title.bill");
    clinics_aloud(&view->of.bill.bill, 1, out);
    speech_own_amount(out, "bill.you_pay", view->of.bill.bill.amount_fen);
    if (view->of.bill.bill.line_count == 0)
        return;
    speech_say(out, "say.there_are");
    speech_number(out, view->of.bill.bill.line_count, true);
    speech_add(out, "say.items");
    speech_say(out, "say.see_screen"); /* medicines are no prompts */
}

static void amount_aloud(const struct view *view, struct speech *out) {
    bool refund = strcmp(view->of.amount.title_key, "title.refund_amount") == 0;
    speech_say(out, refund ? "title.refund_amount" : "title.amount");
    if (view->of.amount.amount_fen > 0)
        speech_own_amount(out, "", view->of.amount.amount_fen);
    else
        speech_say(out, "amount.empty");
}

static void channel_aloud(const struct view *view, struct speech *out) {
    speech_say(out, "title.channel");
    speech_own_amount(out, "bills.you_pay", view->of.channel.amount_fen);
    speech_say(out, "channel.hint");
}

/* Who pays what of it; what is nothing is not read. */
static void split_aloud(const struct view_split *split, struct speech *out) {
    const struct {
        const char *key;
        int64_t fen;
    } parts[] = {{"split.total", split->total_fen},
                 {"split.fund", split->fund_fen},
                 {"split.account", split->account_fen},
                 {"split.own", split->own_fen}};
    if (!split->insured)
        return;
    if (!split->known)
        speech_say(out, "split.on_phone");
    for (size_t i = 0; split->known && i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].fen > 0)
            speech_own_amount(out, parts[i].key, parts[i].fen);
}

static void pay_qr_aloud(const struct view *view, struct speech *out) {
    speech_say(out, "say.scan");
    speech_own_amount(out, "bills.you_pay", view->of.pay_qr.amount_fen);
    split_aloud(&view->of.pay_qr.split, out);
    speech_say(out, "pay.stay");
}

static void insurance_aloud(const struct view *view, struct speech *out) {
    speech_say(out, "title.insurance");
    if (view->of.insurance.insured.outside_fen > 0)
        speech_own_amount(out, "say.outside", view->of.insurance.insured.outside_fen);
    else
        speech_say(out, "insurance.all_inside");
    split_aloud(&view->of.insurance.split, out);
}

static void own_part_aloud(const struct view *view, struct speech *out) {
    speech_say(out, "title.own_part");
    split_aloud(&view->of.own_part.split, out);
    speech_say(out, "own_part.time");
}

static void pushed_aloud(const struct view *view, struct speech *out) {
    speech_say(out, view->of.pushed.unsure ? "say.pushed.unsure" : "say.pushed");
    if (view->of.pushed.split.known)
        split_aloud(&view->of.pushed.split, out);
    else
        speech_own_amount(out, "split.total", view->of.pushed.amount_fen);
    speech_say(out, "pushed.step.1");
    speech_say(out, "pushed.step.2");
    speech_say(out, "pushed.time");
}

static void pay_code_aloud(const struct view *view, struct speech *out) {
    if (view->of.pay_code.card && view->of.pay_code.step == PINPAD_REMOVE)
        out->earcon = EARCON_TAKE;
    speech_say(out, view->of.pay_code.progress_key);
    if (view->of.pay_code.counting)
        speech_say(out, view->of.pay_code.time_key);
    if (!view->of.pay_code.card || view->of.pay_code.step <= PINPAD_INSERT)
        speech_own_amount(out, "bills.you_pay", view->of.pay_code.amount_fen);
}

static void waiting_aloud(const struct view *view, struct speech *out) {
    if (view->of.waiting.warns)
        out->earcon = EARCON_WAIT;
    speech_say(out, view->of.waiting.title_key);
    speech_say(out, view->of.waiting.text_key);
}

/* "3号窗口": 3; 0: no number, or more than that. */
static int window_number(const char *window) {
    size_t at = strcspn(window, "0123456789"), digits = strspn(window + at, "0123456789");
    bool bare = at == 0 && digits > 0 && digits <= 3;
    return bare ? atoi(window) : 0;
}

static void window_aloud(int number, struct speech *out) {
    bool first = out->language == VIEW_EN;
    if (first)
        speech_add(out, "say.window_no");
    speech_number(out, number, false);
    if (!first)
        speech_add(out, "say.window_no");
}

/* False: it is not said to everybody, or not the whole of it. */
static bool place_aloud(const struct view_guide *guide, struct speech *out) {
    const struct department *place = speech_department(guide->value);
    int window = window_number(guide->window);
    if (place && place->everybodys)
        speech_say(out, place->key);
    else if (place)
        speech_own_text(out, place->key, "");
    if (place && window > 0)
        window_aloud(window, out);
    if (guide->queue[0])
        speech_own_text(out, "say.queue", guide->queue);
    return place && place->everybodys && (window > 0 || !guide->window[0]);
}

/* Where to go now, as far as prompts know it. */
static void guides_aloud(const struct view *view, struct speech *out) {
    bool all_said = view->of.result.next_step[0] == '\0', headed = false;
    for (int i = 0; i < view->of.result.guide_count; i++) {
        const struct view_guide *guide = &view->of.result.guides[i];
        if (guide->drug && !headed)
            speech_say(out, "guide.next.one");
        headed = headed || guide->drug;
        if (!guide->drug || !place_aloud(guide, out))
            all_said = false;
    }
    if (!all_said)
        speech_say(out, "say.see_slip");
}

static void result_aloud(const struct view *view, struct speech *out) {
    static const enum earcon earcons[] = {[TONE_GOOD] = EARCON_PAID,
                                          [TONE_WAIT] = EARCON_WAIT,
                                          [TONE_RETURNED] = EARCON_NONE,
                                          [TONE_WINDOW] = EARCON_NONE,
                                          [TONE_NOT_PAID] = EARCON_NONE};
    out->earcon = earcons[view->of.result.tone];
    out->whole = true;
    speech_say(out, view->of.result.title_key);
    speech_say(out, view->of.result.text_key);
    if (view->of.result.amount_fen > 0)
        speech_own_amount(out, view->of.result.amount_key, view->of.result.amount_fen);
    split_aloud(&view->of.result.split, out);
    if (view->of.result.has_returned)
        speech_own_amount(out, "result.returned", view->of.result.returned_fen);
    if (view->of.result.case_no[0])
        speech_own_text(out, "say.case", view->of.result.case_no);
    guides_aloud(view, out);
    speech_say(out, view->of.result.receipt_key);
}

static void records_aloud(const struct view *view, struct speech *out) {
    speech_say(out, view->of.records.refund ? "title.refund" : "title.records");
    if (view->of.records.refund && view->of.records.balance_fen > 0)
        speech_own_amount(out, "refund.now", view->of.records.balance_fen);
}

static void help_aloud(const struct view *view, struct speech *out) {
    speech_say(out, "title.help");
    speech_say(out, view->of.help.called ? "help.called" : "say.help");
}

static void out_of_service_aloud(const struct view *view, struct speech *out) {
    (void)view;
    speech_say(out, "title.out_of_service");
    speech_say(out, "out_of_service.text");
}

static void take_aloud(const struct view *view, struct speech *out) {
    out->earcon = EARCON_TAKE;
    speech_say(out, "title.take");
    if (view->of.take.card)
        speech_say(out, "take.card");
    if (view->of.take.id_card)
        speech_say(out, "take.id_card");
    if (view->of.take.receipt)
        speech_say(out, "take.receipt");
}

typedef void reader(const struct view *view, struct speech *out);

static reader *const readers[SCREEN_COUNT] = {
    [SCREEN_WELCOME] = welcome_aloud,
    [SCREEN_SERVICE] = welcome_aloud,
    [SCREEN_IDENTIFY] = identify_aloud,
    [SCREEN_KEYPAD] = keypad_aloud,
    [SCREEN_CONFIRM] = confirm_aloud,
    [SCREEN_CARDS] = cards_aloud,
    [SCREEN_BILLS] = bills_aloud,
    [SCREEN_BILL] = bill_aloud,
    [SCREEN_AMOUNT] = amount_aloud,
    [SCREEN_CHANNEL] = channel_aloud,
    [SCREEN_PAY_QR] = pay_qr_aloud,
    [SCREEN_INSURANCE] = insurance_aloud,
    [SCREEN_OWN_PART] = own_part_aloud,
    [SCREEN_PUSHED] = pushed_aloud,
    [SCREEN_PAY_CODE] = pay_code_aloud,
    [SCREEN_WAITING] = waiting_aloud,
    [SCREEN_RESULT] = result_aloud,
    [SCREEN_RECORDS] = records_aloud,
    [SCREEN_HELP] = help_aloud,
    [SCREEN_TAKE] = take_aloud,
    [SCREEN_OUT_OF_SERVICE] = out_of_service_aloud,
    [SCREEN_STAFF] = NULL, /* the staff have eyes */
};

void speech_of_view(const struct view *view, struct speech *out) {
    *out = (struct speech){.language = view->language};
    if (screen_is_desk(view->screen) || !readers[view->screen])
        return;
    speech_say(out, view->notice_key);
    readers[view->screen](view, out);
    if (view->warning)
        speech_say(out, "warning.title");
}
