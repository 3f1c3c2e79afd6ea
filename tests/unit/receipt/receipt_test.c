/* Receipts word for word: tests/unit/receipt/receipts/NAME.txt is the paper of each outcome. */
#include <stdlib.h>

#include "tests/unit/receipt/paper_story.h"

static void paid_and_credited_with_where_to_get_the_drugs(void **state) {
    struct order order = paid_order();
    struct session session = visit_of(&order);

    (void)state;
    session.guidance[0] = &to_the_pharmacy;
    session.guidance[2] = &to_the_pharmacy; /* said once */
    matches("credited-zh", compose(&order, &session, LANGUAGE_ZH, false));
    matches("credited-en", compose(&order, &session, LANGUAGE_EN, false));
}

static void a_reprint_says_so_and_needs_no_visit(void **state) {
    struct order order = paid_order();

    (void)state;
    matches("reprint-zh", compose(&order, NULL, LANGUAGE_ZH, true));
}

static void a_bank_card_with_what_its_slip_would_say(void **state) {
    struct order order = paid_order();

    (void)state;
    order.legs[0].route = ROUTE_POS;
    order.legs[0].channel = CHANNEL_CARD;
    strcpy(order.legs[0].out_no, "000000700001");
    order.legs[0].slip = (struct pos_slip){
        .voucher = "000017", .terminal = "BENCH001", .card = "622202*********1234"};
    matches("card-zh", compose(&order, NULL, LANGUAGE_ZH, false));
}

static void paid_and_still_asking(void **state) {
    struct order order = paid_order();
    struct session session = visit_of(&order);

    (void)state;
    order.claims[1].state = CLAIM_CREDIT_UNKNOWN;
    matches("asking-zh", compose(&order, &session, LANGUAGE_ZH, false));
    matches("asking-en", compose(&order, &session, LANGUAGE_EN, false));
}

static void not_known_whether_paid(void **state) {
    struct order order = paid_order();

    (void)state;
    order.legs[0].state = LEG_CLOSING;
    order.legs[0].paid_ms = 0;
    for (int i = 0; i < 3; i++)
        order.claims[i].state = CLAIM_WAITING;
    matches("unknown-zh", compose(&order, NULL, LANGUAGE_ZH, false));
}

static void at_the_window_with_a_case_number(void **state) {
    struct order order = paid_order();
    struct session session = visit_of(&order);

    (void)state;
    order.claims[2].state = CLAIM_CASE;
    order.claims[2].reason = CASE_CREDIT_UNKNOWN;
    matches("window-zh", compose(&order, &session, LANGUAGE_ZH, false));
}

static void of_an_insurance_that_stopped_half_way_it_says_so(void **state) {
    static const struct {
        enum case_reason reason;
        const char *key;
    } rows[] = {{CASE_HALF_SETTLED, "verdict.half_settled.text"},
                {CASE_ABNORMAL, "verdict.abnormal.text"},
                {CASE_SPLIT_WRONG, "verdict.split_wrong.text"},
                {CASE_PAYMENT_UNKNOWN, "result.window.text"}};
    struct order order = paid_order();

    (void)state;
    order.legs[0].state = LEG_CASE;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        order.legs[0].reason = rows[i].reason;
        assert_string_equal(fate_text_key(&order, VERDICT_WINDOW), rows[i].key);
    }
    for (int i = 0; i < 3; i++)
        order.claims[i].state = CLAIM_WAITING;
    order.legs[0].reason = CASE_HALF_SETTLED;
    matches("half-settled-zh", compose(&order, NULL, LANGUAGE_ZH, false));
}

/* Who paid, which fund, and what of the own part the insurance does not pay for. */
static void an_insured_payment_says_how_it_was_settled(void **state) {
    struct order order = paid_order();
    struct leg *leg = &order.legs[0];

    (void)state;
    leg->route = ROUTE_MMPC;
    leg->channel = CHANNEL_INSURANCE;
    leg->split = (struct split){.fund = {10616}, .account = {1234}, .own = {4720}};
    strcpy(leg->settlement, "f9616 城镇职工基本医疗保险统筹基金\nf1000 职工大额医疗费用补助基金\n"
                            "o800 \ns1200 \nb0 \n");
    matches("insured-zh", compose(&order, NULL, LANGUAGE_ZH, false));
    matches("insured-en", compose(&order, NULL, LANGUAGE_EN, true));
}

/* A bill that went to the phone: not settled yet, perhaps never arrived, settled by the portal, of
 * which only the phone knows who paid what, or by nobody that is named. */
static void a_pushed_bill_says_where_it_stands(void **state) {
    struct order order = paid_order();
    struct leg *leg = &order.legs[0];

    (void)state;
    leg->route = ROUTE_AMP;
    leg->channel = CHANNEL_INSURANCE;
    order.claim_count = 1;
    leg->amount = order.claims[0].amount;
    matches("pushed-credited-zh", compose(&order, NULL, LANGUAGE_ZH, false));
    order.claims[0].unproven = true;
    order.claims[0].creditor = CREDITOR_PLATFORM;
    matches("pushed-unproven-zh", compose(&order, NULL, LANGUAGE_ZH, false));
    leg->paid_ms = 0;
    order.claims[0].unproven = false;
    order.claims[0].state = CLAIM_WAITING;
    leg->state = LEG_WAITING;
    matches("pushed-zh", compose(&order, NULL, LANGUAGE_ZH, false));
    leg->state = LEG_PLACE_UNKNOWN;
    matches("pushed-unsure-en", compose(&order, NULL, LANGUAGE_EN, false));
}

/* A person finds out whether anything was paid: until then nobody calls it paid. */
static void what_nobody_saw_paid_is_not_called_paid(void **state) {
    struct order order = paid_order();
    char said[PAPER_SIZE];

    (void)state;
    order.legs[0].state = LEG_CASE;
    order.legs[0].reason = CASE_SPLIT_WRONG;
    for (int i = 0; i < 3; i++)
        order.claims[i].state = CLAIM_WAITING;
    for (int seen = 0; seen < 2; seen++) {
        order.legs[0].paid_ms = seen ? NOON_MS : 0;
        write_paper(compose(&order, NULL, LANGUAGE_ZH, false), said);
        assert_int_equal(strstr(said, "实付") != NULL, seen);
        assert_int_equal(strstr(said, "应付金额") != NULL, !seen);
    }
}

static void not_paid_is_no_proof_of_payment(void **state) {
    struct order order = paid_order();

    (void)state;
    order.legs[0].state = LEG_DECLINED;
    for (int i = 0; i < 3; i++)
        order.claims[i].state = CLAIM_VOID;
    matches("not-paid-zh", compose(&order, NULL, LANGUAGE_ZH, false));
}

static void of_a_closed_payment_nobody_says_that_nothing_was_taken(void **state) {
    struct order order = paid_order();

    (void)state;
    order.legs[0].state = LEG_CLOSED;
    for (int i = 0; i < 3; i++)
        order.claims[i].state = CLAIM_VOID;
    matches("closed-zh", compose(&order, NULL, LANGUAGE_ZH, false));
}

static void a_deposit_names_ward_and_bed(void **state) {
    struct order order = paid_order();
    struct session session = visit_of(&order);

    (void)state;
    order.service = SERVICE_DEPOSIT;
    order.claim_count = 1;
    order.claims[0].amount = order.legs[0].amount;
    strcpy(order.person.masked_name, "王*兰");
    session_keep(&session, &wang.head);
    session.documents[DOCUMENT_BILLS] = NULL;
    matches("deposit-zh", compose(&order, &session, LANGUAGE_ZH, false));
}

static void cash_names_what_was_received_and_its_change(void **state) {
    struct order order = paid_order();

    (void)state;
    order.service = SERVICE_DEPOSIT;
    order.claim_count = 1;
    order.claims[0].amount = order.legs[0].amount;
    order.legs[0].channel = CHANNEL_ONE;
    order.received.fen = 20000;
    matches("cash-zh", compose(&order, NULL, LANGUAGE_ZH, false));
}

static void a_shift_names_its_cash_and_whose_it_was(void **state) {
    struct desk_shift shift = {.began_ms = NOON_MS - 14400000,
                               .ended_ms = NOON_MS,
                               .by = "林晓",
                               .calls = 62,
                               .cash_calls = 9,
                               .taken = {200250},
                               .returned = {16000},
                               .held = {3600},
                               .counted = {187350}};
    struct receipt_source source = {
        .site = paper->site, .now = {NOON_MS + 65000, 0}, .text = words_of, .words = &paper->words};

    (void)state;
    receipt_compose_shift(&source, &shift, &paper->doc);
    matches("shift-zh", &paper->doc);
    source.language = LANGUAGE_EN;
    shift.counted.fen = 187850;
    shift.held.fen = 0;
    shift.taken.fen += 3600;
    receipt_compose_shift(&source, &shift, &paper->doc);
    matches("shift-en", &paper->doc);
}

/* The end of the paper is never lost: 64 bills with advice of their own. */
static void the_longest_receipt_still_ends_with_number_and_cut(void **state) {
    static struct guidance advice[BILLS_MAX];
    struct order order = paid_order();
    struct session session = visit_of(&order);

    (void)state;
    order.claim_count = CLAIMS_MAX;
    order.legs[0].amount.fen = CLAIMS_MAX;
    for (int i = 0; i < CLAIMS_MAX; i++) {
        order.claims[i] = (struct claim){.state = i == 0 ? CLAIM_CREDITING : CLAIM_DONE};
        order.claims[i].amount.fen = 1;
        advice[i].item_count = GUIDE_ITEMS_MAX;
        for (int g = 0; g < GUIDE_ITEMS_MAX; g++) {
            struct guide_item *item = &advice[i].items[g];
            *item = to_the_pharmacy.items[0];
            snprintf(item->code_value, sizeof item->code_value, "%d-%d", i, g);
        }
        session.guidance[i] = &advice[i];
    }
    const struct print_doc *doc = compose(&order, &session, LANGUAGE_ZH, true);
    assert_true(doc->count <= PRINT_ITEMS_MAX);
    assert_int_equal(doc->items[doc->count - 1].kind, PRINT_CUT);
    bool number = false;
    for (int i = doc->count - 12; i < doc->count; i++)
        number =
            number || (doc->items[i].kind == PRINT_QR && strcmp(doc->items[i].text, order.no) == 0);
    assert_true(number);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paid_and_credited_with_where_to_get_the_drugs),
        cmocka_unit_test(a_reprint_says_so_and_needs_no_visit),
        cmocka_unit_test(a_bank_card_with_what_its_slip_would_say),
        cmocka_unit_test(paid_and_still_asking),
        cmocka_unit_test(not_known_whether_paid),
        cmocka_unit_test(at_the_window_with_a_case_number),
        cmocka_unit_test(of_an_insurance_that_stopped_half_way_it_says_so),
        cmocka_unit_test(an_insured_payment_says_how_it_was_settled),
        cmocka_unit_test(a_pushed_bill_says_where_it_stands),
        cmocka_unit_test(what_nobody_saw_paid_is_not_called_paid),
        cmocka_unit_test(not_paid_is_no_proof_of_payment),
        cmocka_unit_test(of_a_closed_payment_nobody_says_that_nothing_was_taken),
        cmocka_unit_test(a_deposit_names_ward_and_bed),
        cmocka_unit_test(cash_names_what_was_received_and_its_change),
        cmocka_unit_test(a_shift_names_its_cash_and_whose_it_was),
        cmocka_unit_test(the_longest_receipt_still_ends_with_number_and_cut),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
