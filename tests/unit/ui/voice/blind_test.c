/* links: house */
/* Every visit by somebody who sees nothing: by keys alone, led by what is spoken and nothing else.
 */
#include "tests/support/patient.h"
#include "tests/support/payments_story.h"

#include "app/present/present.h"
#include "app/shell/panel.h"
#include "ui/ui.h"
#include "ui/voice/speech.h"
#include "ui/window/window.h"

#define TABS_MAX 80 /* more than any screen has */
#define ORDER_NO "26111912000000010002"

static struct ui *ui;
static struct patient p;
static struct view view;
static struct present_store store;
static const struct present_site site = {
    .hospital_name = "医院",
    .terminal_no = "1",
    .channels = {CHANNEL_WECHAT, CHANNEL_ALIPAY, CHANNEL_PHONE, CHANNEL_CARD},
    .channel_count = 4};

/* The window draws what nobody sees: the keys need its places. */
static void look_away(void) {
    present_view(&p.core, &site, p.now, &store, &view);
    ui_present(ui, &view);
}

static bool says(const struct speech *speech, const char *key) {
    for (int i = 0; i < speech->count; i++)
        if (strcmp(speech->words[i].key, key) == 0)
            return true;
    return false;
}

static void hear(const char *key) {
    struct speech speech;

    look_away();
    speech_of_view(&view, &speech);
    if (!says(&speech, key))
        fail_msg("screen %s does not say %s", screen_name(view.screen), key);
}

/* An amount is among what is said: to the patient's ears alone. */
static void hear_amount(const char *key, int64_t fen) {
    struct speech speech, sum = {0};

    hear(key);
    speech_of_view(&view, &speech);
    sum.language = view.language;
    speech_own_amount(&sum, key, fen);
    for (int i = 0; i + sum.count <= speech.count; i++) {
        int j = 0;
        while (j < sum.count && strcmp(speech.words[i + j].key, sum.words[j].key) == 0 &&
               speech.words[i + j].own)
            j++;
        if (j == sum.count)
            return;
    }
    fail_msg("screen %s does not say the amount", screen_name(view.screen));
}

/* What the ring is around now. */
static struct speech ring_says(void) {
    struct speech speech = {.language = view.language};

    look_away();
    speech_of_touch(&view, ui->focus.on.touch, &speech);
    return speech;
}

static void press_key(char key) {
    struct event event;

    pass(&p, 400); /* nobody is faster */
    look_away();
    if (panel_key(ui, key, &event))
        happens(&p, event);
}

/* Goes on with the ring until it is said to be there; whatever it comes by has a name. */
static void seek(const char *key) {
    for (int i = 0; i < TABS_MAX; i++) {
        press_key(UI_KEY_NEXT);
        struct speech speech = ring_says();
        if (says(&speech, key))
            return;
        if (speech.count == 0 && ui->focus.on.touch.kind != TOUCH_STAFF)
            fail_msg("screen %s: the ring is somewhere and says nothing", screen_name(view.screen));
    }
    fail_msg("screen %s: nothing says %s", screen_name(view.screen), key);
}

static void choose(const char *key) {
    seek(key);
    press_key('\n');
    look_away();
}

static int begin_blind(void **state) {
    char error[256];
    struct ui_options options = {.headless = true,
                                 .width = 1080,
                                 .height = 1920,
                                 .panel_width_mm = 268,
                                 .panel_height_mm = 476,
                                 .assets_dir = "assets"};
    struct core_setup setup = usual_setup();

    (void)state;
    setup.policy.channels[CHANNEL_CARD] = true;
    setup.policy.pay_code_on_bills = true;
    begin_with(&p, &setup);
    device_is(&p, ROLE_PINPAD, DEVICE_READY, SUPPLY_NOT_SUPPORTED);
    ui = ui_create(&options, error, sizeof error);
    return ui != NULL ? 0 : -1;
}

static int end_blind(void **state) {
    (void)state;
    ui_destroy(ui);
    return 0;
}

/* From the first screen to being known, by something that is held at the scanner. */
static void is_known(const char *service, const char *code, const struct account *account) {
    hear("welcome.title");
    hear("say.keys");
    choose(service);
    hear("title.identify");
    hear("identify.hint");
    scan(&p, code);
    hear("waiting.account.title");
    answer(&p, OUTCOME_ACCEPTED, account);
    hear("title.confirm");
    hear("say.number_ends");
    choose("confirm.next");
}

static void comes_to_ways(void) {
    is_known("service.bills", "C10000001", &zhang);
    hear("waiting.bills.title");
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    hear("title.bills");
    hear("say.there_are");
    hear_amount("bills.you_pay", 16570);
    choose("say.pay");
    hear("title.channel");
    hear_amount("bills.you_pay", 16570);
}

static void the_hospital_credits(void) {
    durable(&p);
    hear("waiting.credit.title");
    pass_by_deadlines(&p, 1);
    assert_int_equal(p.asked.verb, VERB_BILLS);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    for (int i = 0; i < 3; i++) {
        answer(&p, OUTCOME_ACCEPTED, i == 2 ? &to_the_pharmacy : NULL);
        durable(&p);
    }
    hear("verdict.credited.title");
    hear_amount("result.amount", 16570);
    hear("guide.next.one");
    hear("receipt.printing");
    happens(&p, (struct event){.kind = EVENT_PRINTED, .of.printed = {p.job, PRINT_DONE}});
    hear("receipt.printed");
    choose("result.exit");
    hear("welcome.title");
}

static void bills_by_a_code_for_the_phone(void **state) {
    (void)state;
    comes_to_ways();
    choose("way.wechat");
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    answer_trade(&p, OUTCOME_PENDING, TRADE_WAIT, &link_to_pay);
    durable(&p);
    hear("say.scan");
    hear_amount("bills.you_pay", 16570);
    hear("pay.stay");
    pass_by_deadlines(&p, 3000);
    answer_trade(&p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    the_hospital_credits();
}

static void bills_by_the_phones_code(void **state) {
    (void)state;
    comes_to_ways();
    choose("way.phone");
    hear("pay_code.text");
    hear_amount("bills.you_pay", 16570);
    scan(&p, "134567890123456700");
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    answer_trade(&p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    the_hospital_credits();
}

static void bills_by_a_code_that_is_held_out_early(void **state) {
    (void)state;
    is_known("service.bills", "C10000001", &zhang);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    hear("bills.code_now");
    pass(&p, 1000);
    scan(&p, "134567890123456700");
    hear("pay_code.counting");
    hear("pay_code.counting.time");
    hear_amount("bills.you_pay", 16570);
    press_key('5'); /* no, not this */
    hear("title.bills");
    pass(&p, 1000);
    scan(&p, "134567890123456700");
    pass_by_deadlines(&p, 5000);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    answer_trade(&p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    the_hospital_credits();
}

static void pinpad_goes_on(enum card_step step, const char *key) {
    happens(&p, (struct event){.kind = EVENT_PROGRESS, .of.progress = {p.asked.number, step}});
    hear(key);
}

static void bills_by_a_bank_card(void **state) {
    (void)state;
    comes_to_ways();
    choose("way.card");
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    pinpad_goes_on(CARD_STEP_INSERT, "pay_card.insert");
    hear_amount("bills.you_pay", 16570);
    pinpad_goes_on(CARD_STEP_PIN, "pay_card.pin");
    pinpad_goes_on(CARD_STEP_ONLINE, "pay_card.online");
    pinpad_goes_on(CARD_STEP_REMOVE, "pay_card.remove");
    answer_trade(&p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    the_hospital_credits();
}

static void a_payment_that_is_given_up(void **state) {
    (void)state;
    comes_to_ways();
    choose("way.wechat");
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    answer_trade(&p, OUTCOME_PENDING, TRADE_WAIT, &link_to_pay);
    durable(&p);
    choose("pay.cancel");
    hear("waiting.close.title");
    durable(&p);
    answer(&p, OUTCOME_ACCEPTED, NULL);
    look_away();
    assert_int_equal(view.screen, SCREEN_RESULT);
    hear(view.of.result.title_key);
    hear(view.of.result.text_key);
}

/* Who holds nothing types the number; each key is heard by whoever wears headphones. */
static void who_it_is_by_keys(void **state) {
    (void)state;
    choose("service.bills");
    hear("title.identify");
    choose("identify.next");
    hear("title.card_no");
    hear("keypad.hint");
    for (const char *key = "C10000001"; *key; key++)
        press_key(*key);
    assert_string_equal(p.core.session.typed, "C10000001");
    choose("keypad.next");
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    hear("title.confirm");
    hear("say.number_ends");
    choose("confirm.no");
    hear("title.identify");
}

static void a_deposit_by_keys(void **state) {
    (void)state;
    is_known("service.deposit", "W20001234", &wang);
    hear("title.amount");
    hear("amount.empty");
    for (const char *key = "100"; *key; key++)
        press_key(*key);
    choose("say.go_on");
    hear("title.channel");
    hear_amount("bills.you_pay", 10000);
    choose("way.alipay");
    durable(&p);
    answer_trade(&p, OUTCOME_PENDING, TRADE_WAIT, &link_to_pay);
    durable(&p);
    hear("say.scan");
    pass_by_deadlines(&p, 3000);
    answer_trade(&p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    durable(&p);
    answer(&p, OUTCOME_ACCEPTED, NULL);
    durable(&p);
    look_away();
    assert_int_equal(view.screen, SCREEN_RESULT);
    hear(view.of.result.title_key);
    hear_amount("result.amount", 10000);
}

static struct order earlier;
static struct payment_list list;
static struct order_document reopened;

static void the_journal_lists(struct order order) {
    earlier = order;
    list = listed((const struct order *const[]){&earlier}, 1);
    assert_int_equal(p.asked.verb, VERB_RECORDS);
    answer(&p, OUTCOME_ACCEPTED, &list);
}

static void where_the_money_is(void **state) {
    (void)state;
    is_known("service.records", "C10000001", &zhang);
    hear("waiting.records.title");
    the_journal_lists(paid_bills(ORDER_NO, zhang.keys.id, NOON_MS - DAY_MS));
    hear("title.records");
    seek("say.payment");
    struct speech speech = ring_says();
    assert_true(says(&speech, "records.credited"));
    press_key('\n');
    assert_int_equal(p.asked.verb, VERB_REOPEN);
    reopened = (struct order_document){.head.kind = DOCUMENT_ORDER, .order = earlier};
    answer(&p, OUTCOME_ACCEPTED, &reopened);
    look_away();
    assert_int_equal(view.screen, SCREEN_RESULT);
    hear(view.of.result.title_key);
    hear_amount("result.amount", 16450);
    choose("nav.back");
}

static void money_back(void **state) {
    (void)state;
    is_known("service.refund", "C10000001", &zhang);
    the_journal_lists(paid_bills(ORDER_NO, zhang.keys.id, NOON_MS - DAY_MS));
    hear("title.refund");
    choose("say.payment");
    hear("title.refund_confirm");
    hear_amount("result.refund", 12850);
    hear("refund_confirm.hint");
    choose("service.refund");
    hear("waiting.refund.title");
    reopened = (struct order_document){.head.kind = DOCUMENT_ORDER, .order = earlier};
    answer(&p, OUTCOME_ACCEPTED, &reopened);
    answer_trade(&p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    answer_code(&p, OUTCOME_ACCEPTED, "00");
    durable(&p);
    answer(&p, OUTCOME_ACCEPTED, NULL);
    durable(&p);
    answer(&p, OUTCOME_ACCEPTED, NULL);
    look_away();
    assert_int_equal(view.screen, SCREEN_RESULT);
    hear(view.of.result.title_key);
    hear_amount("result.refund", 12850);
}

static void help_is_called(void **state) {
    (void)state;
    comes_to_ways();
    choose("nav.help");
    hear("title.help");
    choose("help.call");
    hear("help.called");
    choose("help.back");
    hear("title.channel");
}

static void what_was_left_and_what_is_closed(void **state) {
    (void)state;
    is_known("service.bills", "C10000001", &zhang);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    pass_by_deadlines(&p, 61000);
    hear("warning.title");
    press_key(UI_KEY_NEXT); /* any key says that somebody is there */
    assert_false(p.core.session.warning);
    hear("title.bills");
    assert_int_equal(ui->focus.on.touch.kind, TOUCH_NONE); /* nothing of the warning is chosen */
    choose("nav.not_me.plain");
    hear("welcome.title");
    happens(&p,
            (struct event){.kind = EVENT_CONTROL, .of.control.control = CONTROL_OUT_OF_SERVICE});
    hear("title.out_of_service");
    hear("out_of_service.text");
}

int main(void) {
#define BLIND(test) cmocka_unit_test_setup_teardown(test, begin_blind, end_blind)
    const struct CMUnitTest tests[] = {
        BLIND(bills_by_a_code_for_the_phone),
        BLIND(bills_by_the_phones_code),
        BLIND(bills_by_a_code_that_is_held_out_early),
        BLIND(bills_by_a_bank_card),
        BLIND(a_payment_that_is_given_up),
        BLIND(who_it_is_by_keys),
        BLIND(a_deposit_by_keys),
        BLIND(where_the_money_is),
        BLIND(money_back),
        BLIND(help_is_called),
        BLIND(what_was_left_and_what_is_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
