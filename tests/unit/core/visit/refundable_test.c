/* links: app/core/visit/ app/core/order/ app/core/terms/ */
/* What may go back, until when, and that a balance never gives more than it has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/visit/refundable.h"
#include "tests/support/payments_story.h"

#define NOON_MS INT64_C(1795147200000) /* 2026-11-20 12:00 in China */

static struct policy policy;
static struct payment_list list;

static struct refund_rules rules_with(int64_t balance_fen) {
    policy = policy_default();
    return (struct refund_rules){.policy = &policy,
                                 .account = ACCOUNT_INPATIENT,
                                 .balance = {balance_fen},
                                 .wall_ms = NOON_MS};
}

/* The offer of a deposit of 100.00, paid a day ago. */
static struct refund_offer offer_of(const struct refund_rules *rules, enum claim_state state,
                                    int64_t refunded_fen) {
    struct order order = paid_deposit("26111912000000010001", "key", 10000, NOON_MS - DAY_MS);

    list = listed((const struct order *const[]){&order}, 1);
    list.items[0].state = state;
    list.items[0].refunded.fen = refunded_fen;
    return refund_offer(rules, &list, &list.items[0]);
}

static void says(struct refund_offer offer, enum notice obstacle, int64_t rest_fen) {
    assert_int_equal(offer.obstacle, obstacle);
    assert_int_equal(offer.rest.fen, rest_fen);
}

static void a_deposit_goes_back_as_far_as_it_is_left_and_the_balance_has_it(void **state) {
    struct refund_rules rules = rules_with(100000);

    (void)state;
    says(offer_of(&rules, CLAIM_DONE, 0), NOTICE_NONE, 10000);
    assert_true(offer_of(&rules, CLAIM_DONE, 0).in_parts);
    says(offer_of(&rules, CLAIM_DONE, 2500), NOTICE_NONE, 7500);
    rules = rules_with(4000);
    says(offer_of(&rules, CLAIM_DONE, 2500), NOTICE_NONE, 4000);
    rules = rules_with(1);
    says(offer_of(&rules, CLAIM_DONE, 0), NOTICE_NONE, 1);
    rules = rules_with(0);
    says(offer_of(&rules, CLAIM_DONE, 0), NOTICE_REFUND_SPENT, 0);
    rules = rules_with(-1);
    says(offer_of(&rules, CLAIM_DONE, 0), NOTICE_REFUND_SPENT, 0);
}

static void what_a_person_gives_back_does_not_go_back_here(void **state) {
    struct refund_rules rules = rules_with(100000);
    struct order order = paid_deposit("26111912000000010001", "key", 10000, NOON_MS - DAY_MS);
    (void)state;
    order.to_window = 1;
    list = listed((const struct order *const[]){&order}, 1);
    says(refund_offer(&rules, &list, &list.items[0]), NOTICE_REFUND_STAFF, 0);
    order.to_window = 2; /* another claim of it */
    list = listed((const struct order *const[]){&order}, 1);
    says(refund_offer(&rules, &list, &list.items[0]), NOTICE_NONE, 10000);
}

static void what_is_not_simply_credited_does_not_go_back(void **state) {
    struct refund_rules rules = rules_with(100000);

    (void)state;
    for (int claim = CLAIM_WAITING; claim <= CLAIM_CASE; claim++)
        if (claim != CLAIM_DONE)
            says(offer_of(&rules, (enum claim_state)claim, 0),
                 claim == CLAIM_REFUNDED ? NOTICE_REFUND_NOTHING : NOTICE_REFUND_STATE, 0);
}

static void only_what_was_ever_credited_is_shown(void **state) {
    (void)state;
    for (int claim = CLAIM_WAITING; claim <= CLAIM_CASE; claim++) {
        struct payment_item item = {.state = (enum claim_state)claim};
        bool was = claim == CLAIM_DONE || claim == CLAIM_UNCREDITING || claim == CLAIM_REFUNDED;
        assert_int_equal(refund_is_shown(&item), was);
    }
}

/* What lies behind the last item, or payment, is none. */
static void the_last_is_the_last(void **state) {
    struct refund_rules rules = rules_with(100000);
    struct refund_plan plan;

    (void)state;
    (void)offer_of(&rules, CLAIM_DONE, 0);
    list.items[1] = list.items[0];
    assert_int_equal(refund_shown(&list, 0), 0);
    assert_int_equal(refund_shown(&list, 1), -1);
    refund_plan_balance(&rules, &list, &plan);
    assert_int_equal(plan.count, 1);
    assert_int_equal(plan.sum.fen, 10000);
    list.items[0].amount.fen = 1;
    for (list.item_count = 1; list.item_count < REFUND_STEPS_MAX + 2; list.item_count++)
        list.items[list.item_count] = list.items[0];
    refund_plan_balance(&rules, &list, &plan);
    assert_int_equal(plan.count, REFUND_STEPS_MAX);
    assert_int_equal(plan.sum.fen, REFUND_STEPS_MAX);
}

/* A platform that tells the hospital of its refunds needs no ORG_005. */
static void a_hospital_that_takes_nothing_back_leaves_it_to_the_staff(void **state) {
    struct refund_rules rules = rules_with(100000);

    (void)state;
    (void)offer_of(&rules, CLAIM_DONE, 0);
    policy.his_takes_back = false;
    says(refund_offer(&rules, &list, &list.items[0]), NOTICE_REFUND_STAFF, 0);
    list.rows[0].route = ROUTE_ONEPAY;
    says(refund_offer(&rules, &list, &list.items[0]), NOTICE_NONE, 10000);
    policy.his_takes_back = true;
    policy.refund_untold[ROUTE_ONEPAY] = true; /* ... and one that tells it nothing is no better */
    says(refund_offer(&rules, &list, &list.items[0]), NOTICE_REFUND_STAFF, 0);
    policy.refund_untold[ROUTE_ONEPAY] = false;
}

/* What the hospital's portal has settled goes back by it alone, whoever gave the money, unless its
 * numbers are known here; and never where the HIS takes no book back. */
static void what_a_portal_settled_may_be_the_windows(void **state) {
    struct refund_rules rules = rules_with(100000);

    (void)state;
    (void)offer_of(&rules, CLAIM_DONE, 0);
    list.rows[0].route = ROUTE_AMP;
    list.rows[0].portal_keeps = true;
    for (int unproven = 0; unproven < 2; unproven++) {
        list.items[0].unproven = unproven;
        says(refund_offer(&rules, &list, &list.items[0]), NOTICE_REFUND_STAFF, 0);
    }
    list.rows[0].portal_keeps = false;
    says(refund_offer(&rules, &list, &list.items[0]), NOTICE_REFUND_UNPROVEN, 0);
    list.items[0].unproven = false;
    policy.insured_his_cancel = false; /* it is the centre's, not the portal's */
    says(refund_offer(&rules, &list, &list.items[0]), NOTICE_NONE, 10000);
    policy.insured_by_name = true; /* so is the patient's code */
    list.items[0].insured = true;
    says(refund_offer(&rules, &list, &list.items[0]), NOTICE_NONE, 10000);
    list.items[0].refunded.fen = 2500;
    says(refund_offer(&rules, &list, &list.items[0]), NOTICE_REFUND_INSURED, 0);
    list.items[0].refunded.fen = 0;
    policy.his_takes_back = false;
    says(refund_offer(&rules, &list, &list.items[0]), NOTICE_REFUND_STAFF, 0);
    policy.insured_by_name = false;
}

/* The platform named no time: it is as old as its order. */
static void a_payment_without_a_time_is_as_old_as_its_order(void **state) {
    struct refund_rules rules = rules_with(100000);

    (void)state;
    (void)offer_of(&rules, CLAIM_DONE, 0);
    policy.refund_age_days[ROUTE_UPP] = 1;
    list.rows[0].paid_ms = 0;
    list.rows[0].created_ms = NOON_MS - DAY_MS / 2;
    struct refund_offer offer = refund_offer(&rules, &list, &list.items[0]);
    says(offer, NOTICE_NONE, 10000);
    assert_int_equal(offer.until_ms, NOON_MS + DAY_MS / 2);
}

/* However little of it: the rest is not what the insurance settled any more. */
static void what_is_insured_goes_back_once(void **state) {
    struct refund_rules rules = rules_with(100000);

    (void)state;
    (void)offer_of(&rules, CLAIM_DONE, 1);
    list.items[0].insured = true;
    says(refund_offer(&rules, &list, &list.items[0]), NOTICE_REFUND_INSURED, 0);
}

/* An insurance that asks by name gives back to who shows the code. */
static void what_insurance_paid_may_want_the_code(void **state) {
    struct refund_rules rules = rules_with(100000);

    (void)state;
    (void)offer_of(&rules, CLAIM_DONE, 0);
    for (int code = 0; code < 2; code++)
        for (int insured = 0; insured < 2; insured++)
            for (int by_name = 0; by_name < 2; by_name++) {
                list.items[0].insured = insured;
                policy.insured_by_name = by_name;
                rules.insured_code = code;
                bool wants = insured && by_name && !code;
                says(refund_offer(&rules, &list, &list.items[0]),
                     wants ? NOTICE_REFUND_CODE : NOTICE_NONE, wants ? 0 : 10000);
            }
}

/* ... and what window software had paid goes back by that software's reversal alone. */
static void what_a_caller_had_insured_is_the_windows(void **state) {
    struct refund_rules rules = rules_with(100000);

    (void)state;
    (void)offer_of(&rules, CLAIM_DONE, 0);
    for (int insured = 0; insured < 2; insured++) {
        list.items[0].insured = insured;
        list.rows[0].of_caller = true;
        says(refund_offer(&rules, &list, &list.items[0]),
             insured ? NOTICE_REFUND_STAFF : NOTICE_NONE, insured ? 0 : 10000);
    }
}

static void a_route_has_its_age_and_its_staff(void **state) {
    struct refund_rules rules = rules_with(100000);

    (void)state;
    policy.refund_age_days[ROUTE_UPP] = 1;
    struct refund_offer offer = offer_of(&rules, CLAIM_DONE, 0);
    says(offer, NOTICE_REFUND_OLD, 0);
    assert_int_equal(offer.until_ms, NOON_MS);
    rules.wall_ms--;
    says(offer_of(&rules, CLAIM_DONE, 0), NOTICE_NONE, 10000);
    policy.refund_staff_confirm[ROUTE_UPP] = true;
    says(offer_of(&rules, CLAIM_DONE, 0), NOTICE_REFUND_STAFF, 0);
}

static void the_other_account_is_not_touched(void **state) {
    struct refund_rules rules = rules_with(100000);

    (void)state;
    rules.account = ACCOUNT_OUTPATIENT;
    says(offer_of(&rules, CLAIM_DONE, 0), NOTICE_REFUND_ACCOUNT, 0);
}

static void a_bill_goes_back_whole_whatever_the_balance(void **state) {
    struct order order = paid_bills("26111912000000010001", "key", NOON_MS - DAY_MS);
    struct refund_rules rules = rules_with(0);

    (void)state;
    rules.account = ACCOUNT_OUTPATIENT;
    list = listed((const struct order *const[]){&order}, 1);
    struct refund_offer offer = refund_offer(&rules, &list, &list.items[1]);
    says(offer, NOTICE_NONE, 3600);
    assert_false(offer.in_parts);
}

static void a_list_has_an_end_and_says_so(void **state) {
    struct order order = paid_bills("26111912000000010001", "key", NOON_MS);
    int added = 0;

    (void)state;
    list = (struct payment_list){.head.kind = DOCUMENT_PAYMENTS, .keys.id = "key"};
    while (added < 1000 && payments_add(&list, &order))
        added++;
    assert_int_equal(added, PAYMENTS_MAX);
    assert_true(list.more);
    order.claim_count = CLAIMS_MAX; /* few orders of many bills */
    added = 0;
    list = (struct payment_list){.head.kind = DOCUMENT_PAYMENTS, .keys.id = "key"};
    while (payments_add(&list, &order))
        added++;
    assert_int_equal(added, PAYMENT_ITEMS_MAX / CLAIMS_MAX);
}

static uint32_t dice(uint32_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* Any orders of any age, state and route, newest first. */
static void any_list(uint32_t *seed) {
    int count = (int)(dice(seed) % PAYMENTS_MAX);

    list = (struct payment_list){.head.kind = DOCUMENT_PAYMENTS, .keys.id = "key"};
    for (int i = 0; i < count; i++) {
        int64_t paid_ms = NOON_MS - i * 10 * DAY_MS - dice(seed) % DAY_MS;
        struct order order =
            dice(seed) % 3 != 0
                ? paid_deposit("26111912000000010001", "key", 1 + dice(seed) % 50000, paid_ms)
                : paid_bills("26111912000000010001", "key", paid_ms);
        if (dice(seed) % 4 == 0)
            order.person.account_type = ACCOUNT_OUTPATIENT;
        order.legs[0].route = dice(seed) % 5 == 0 ? ROUTE_POS : ROUTE_UPP;
        order.no[19] = (char)('0' + i % 10);
        order.no[18] = (char)('0' + i / 10);
        (void)payments_add(&list, &order);
    }
    for (int i = 0; i < list.item_count; i++) {
        struct payment_item *item = &list.items[i];
        item->refunded.fen = dice(seed) % 2 == 0 ? 0 : dice(seed) % (uint32_t)item->amount.fen;
        if (dice(seed) % 4 == 0)
            item->state = (enum claim_state)(dice(seed) % (CLAIM_CASE + 1));
    }
}

static const struct payment_item *item_of(const struct refund_step *step) {
    for (int i = 0; i < list.item_count; i++)
        if (strcmp(list.rows[list.items[i].payment].order_no, step->order_no) == 0 &&
            list.items[i].claim == step->claim)
            return &list.items[i];
    fail_msg("a step of no payment");
    return NULL;
}

/* Together not more than the balance, each not more than its rest, newest first, and an older one
 * only when the newer ones are used up. */
static void check_plan(const struct refund_rules *rules, const struct refund_plan *plan) {
    int64_t sum_fen = 0;
    const struct payment_item *before = NULL;

    for (int i = 0; i < plan->count; i++) {
        const struct payment_item *item = item_of(&plan->steps[i]);
        const struct refund_offer offer = refund_offer(rules, &list, item);
        assert_int_equal(offer.obstacle, NOTICE_NONE);
        assert_int_equal(list.rows[item->payment].service, SERVICE_DEPOSIT);
        assert_true(plan->steps[i].amount.fen > 0);
        assert_true(plan->steps[i].amount.fen <= item->amount.fen - item->refunded.fen);
        assert_true(before == NULL || before < item);
        if (i + 1 < plan->count)
            assert_int_equal(plan->steps[i].amount.fen, item->amount.fen - item->refunded.fen);
        sum_fen += plan->steps[i].amount.fen;
        before = item;
    }
    assert_int_equal(plan->sum.fen, sum_fen);
    assert_true(sum_fen <= (rules->balance.fen > 0 ? rules->balance.fen : 0));
}

/* What the plan leaves of the balance no payment could have taken. */
static void check_nothing_forgotten(const struct refund_rules *rules,
                                    const struct refund_plan *plan) {
    int64_t free_fen = 0;

    for (int i = 0; i < list.item_count; i++)
        if (list.rows[list.items[i].payment].service == SERVICE_DEPOSIT &&
            refund_offer(rules, &list, &list.items[i]).obstacle == NOTICE_NONE)
            free_fen += list.items[i].amount.fen - list.items[i].refunded.fen;
    int64_t wanted_fen = free_fen < rules->balance.fen ? free_fen : rules->balance.fen;
    if (plan->count < REFUND_STEPS_MAX && wanted_fen > 0)
        assert_int_equal(plan->sum.fen, wanted_fen);
}

static void a_balance_goes_back_newest_first_and_never_exceeds_anything(void **state) {
    uint32_t seed = 20261120;
    int planned = 0;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct refund_plan plan;
        struct refund_rules rules = rules_with((int64_t)(dice(&seed) % 400000) - 1000);
        any_list(&seed);
        refund_plan_balance(&rules, &list, &plan);
        check_plan(&rules, &plan);
        check_nothing_forgotten(&rules, &plan);
        planned += plan.count > 1;
    }
    assert_true(planned > 1000); /* or it proves nothing */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deposit_goes_back_as_far_as_it_is_left_and_the_balance_has_it),
        cmocka_unit_test(what_a_person_gives_back_does_not_go_back_here),
        cmocka_unit_test(what_is_not_simply_credited_does_not_go_back),
        cmocka_unit_test(only_what_was_ever_credited_is_shown),
        cmocka_unit_test(the_last_is_the_last),
        cmocka_unit_test(a_hospital_that_takes_nothing_back_leaves_it_to_the_staff),
        cmocka_unit_test(what_a_portal_settled_may_be_the_windows),
        cmocka_unit_test(a_payment_without_a_time_is_as_old_as_its_order),
        cmocka_unit_test(what_is_insured_goes_back_once),
        cmocka_unit_test(what_insurance_paid_may_want_the_code),
        cmocka_unit_test(what_a_caller_had_insured_is_the_windows),
        cmocka_unit_test(a_route_has_its_age_and_its_staff),
        cmocka_unit_test(the_other_account_is_not_touched),
        cmocka_unit_test(a_bill_goes_back_whole_whatever_the_balance),
        cmocka_unit_test(a_list_has_an_end_and_says_so),
        cmocka_unit_test(a_balance_goes_back_newest_first_and_never_exceeds_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
