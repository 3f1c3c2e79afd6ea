/* Every screen read aloud: what it is, what to do, and what matters about the money. */
#include <string.h>

#include "ui/screens/screens.h"
#include "ui/voice/speech.h"

static void read_welcome(const struct view *view, struct speech *out) {
    struct greeting greeting = welcome_greeting(view);
    speech_say(out, greeting.title_key);
    speech_say(out, greeting.text_key);
    speech_say(out, "say.keys");
}

static void read_identify(const struct view *view, struct speech *out) {
    bool reads =
        view->of.identify.scanner || view->of.identify.id_reader || view->of.identify.card_reader;
    speech_say(out, "title.identify");
    speech_say(out, reads ? "identify.hint" : "identify.hint.keypad");
}

static void read_keypad(const struct view *view, struct speech *out) {
    speech_say(out, view->of.keypad.masked ? "title.last4" : "title.card_no");
    speech_say(out, "keypad.hint");
}

/* The last digits of the number: prompts know no names. */
static void read_person(const struct view *view, struct speech *out) {
    size_t length = strlen(view->account.number);
    if (length > 0)
        speech_own_text(out, "say.number_ends",
                        view->account.number + (length > 4 ? length - 4 : 0));
}

static void read_confirm(const struct view *view, struct speech *out) {
    bool refund = view->of.confirm.refund_count > 0;
    speech_say(out, refund ? "title.refund_confirm" : "title.confirm");
    if (refund) {
        speech_own_amount(out, "result.refund", view->of.confirm.refund_fen);
        speech_say(out, "refund_confirm.hint");
    } else {
        read_person(view, out);
    }
}

static void read_cards(const struct view *view, struct speech *out) {
    (void)view;
    speech_say(out, "title.cards");
    speech_say(out, "cards.hint");
}

static void read_bills(const struct view *view, struct speech *out) {
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
    read_person(view, out);
    speech_say(out, "say.there_are");
    speech_number(out, total, true);
    speech_add(out, "say.bills");
    speech_own_amount(out, "bills.you_pay", view->of.bills.selected_fen);
}

static void read_bill(const struct view *view, struct speech *out) {
    speech_say(out, "title.bill");
    speech_own_amount(out, "bill.you_pay", view->of.bill.bill.amount_fen);
}

static void read_amount(const struct view *view, struct speech *out) {
    bool refund = strcmp(view->of.amount.title_key, "title.refund_amount") == 0;
    speech_say(out, refund ? "title.refund_amount" : "title.amount");
    if (view->of.amount.amount_fen > 0)
        speech_own_amount(out, "", view->of.amount.amount_fen);
    else
        speech_say(out, "amount.empty");
}

static void read_channel(const struct view *view, struct speech *out) {
    speech_say(out, "title.channel");
    speech_own_amount(out, "bills.you_pay", view->of.channel.amount_fen);
    speech_say(out, "channel.hint");
}

static void read_pay_qr(const struct view *view, struct speech *out) {
    speech_say(out, "say.scan");
    speech_own_amount(out, "bills.you_pay", view->of.pay_qr.amount_fen);
    speech_say(out, "pay.stay");
}

static void read_pay_code(const struct view *view, struct speech *out) {
    if (view->of.pay_code.card && view->of.pay_code.step == PINPAD_REMOVE)
        out->earcon = EARCON_TAKE;
    speech_say(out, view->of.pay_code.progress_key);
    if (!view->of.pay_code.card || view->of.pay_code.step <= PINPAD_INSERT)
        speech_own_amount(out, "bills.you_pay", view->of.pay_code.amount_fen);
}

static void read_waiting(const struct view *view, struct speech *out) {
    if (view->of.waiting.warns)
        out->earcon = EARCON_WAIT;
    speech_say(out, view->of.waiting.title_key);
    speech_say(out, view->of.waiting.text_key);
}

static void read_result(const struct view *view, struct speech *out) {
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
    if (view->of.result.has_returned)
        speech_own_amount(out, "result.returned", view->of.result.returned_fen);
    if (view->of.result.case_no[0])
        speech_own_text(out, "say.case", view->of.result.case_no);
    if (view->of.result.guide_count > 0)
        speech_say(out, "guide.next.one");
    speech_say(out, view->of.result.receipt_key);
}

static void read_records(const struct view *view, struct speech *out) {
    speech_say(out, view->of.records.refund ? "title.refund" : "title.records");
    if (view->of.records.refund && view->of.records.balance_fen > 0)
        speech_own_amount(out, "refund.now", view->of.records.balance_fen);
}

static void read_help(const struct view *view, struct speech *out) {
    speech_say(out, "title.help");
    speech_say(out, view->of.help.called ? "help.called" : "say.help");
}

static void read_out_of_service(const struct view *view, struct speech *out) {
    (void)view;
    speech_say(out, "title.out_of_service");
    speech_say(out, "out_of_service.text");
}

static void read_take(const struct view *view, struct speech *out) {
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

/* The staff have eyes: their screen says nothing. */
static reader *const readers[SCREEN_COUNT] = {
    [SCREEN_WELCOME] = read_welcome,   [SCREEN_SERVICE] = read_welcome,
    [SCREEN_IDENTIFY] = read_identify, [SCREEN_KEYPAD] = read_keypad,
    [SCREEN_CONFIRM] = read_confirm,   [SCREEN_CARDS] = read_cards,
    [SCREEN_BILLS] = read_bills,       [SCREEN_BILL] = read_bill,
    [SCREEN_AMOUNT] = read_amount,     [SCREEN_CHANNEL] = read_channel,
    [SCREEN_PAY_QR] = read_pay_qr,     [SCREEN_PAY_CODE] = read_pay_code,
    [SCREEN_WAITING] = read_waiting,   [SCREEN_RESULT] = read_result,
    [SCREEN_RECORDS] = read_records,   [SCREEN_HELP] = read_help,
    [SCREEN_TAKE] = read_take,         [SCREEN_OUT_OF_SERVICE] = read_out_of_service,
};

void speech_of_view(const struct view *view, struct speech *out) {
    *out = (struct speech){.language = view->language};
    if (!readers[view->screen])
        return;
    speech_say(out, view->notice_key);
    readers[view->screen](view, out);
    if (view->warning)
        speech_say(out, "warning.title");
}
