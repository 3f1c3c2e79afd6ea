/* links: app/core/order/ app/core/terms/ */
/* What must hold of the tables of states, whatever row is added to them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "app/core/order/states.h"

#define BIT(state) (1u << (state))

/* The intent comes first and only once; what is settled stays, until a person or a refund moves it.
 */
static void nothing_begins_again_and_what_is_settled_stays(void **state) {
    (void)state;
    for (enum leg_state leg = LEG_NEW; leg <= LEG_CASE; leg++) {
        const struct leg_traits *traits = leg_traits(leg);
        assert_false(traits->next & BIT(LEG_NEW));
        assert_int_equal(traits->next == 0, traits->settled);
    }
    for (enum claim_state claim = CLAIM_WAITING; claim <= CLAIM_CASE; claim++) {
        const struct claim_traits *traits = claim_traits(claim);
        assert_false(traits->next & BIT(CLAIM_WAITING));
        assert_int_equal(traits->next == 0, traits->settled && claim != CLAIM_DONE);
    }
    for (enum refund_state refund = REFUND_NEW; refund <= REFUND_CASE; refund++) {
        const struct refund_traits *traits = refund_traits(refund);
        assert_false(traits->next & BIT(REFUND_NEW));
        assert_int_equal(traits->next == 0, traits->settled);
    }
}

/* Only a code that is closed is watched: it is not settled, and its money pays no claim any more.
 */
static void who_is_watched_is_closed(void **state) {
    (void)state;
    for (enum leg_state leg = LEG_NEW; leg <= LEG_CASE; leg++)
        assert_int_equal(leg_traits(leg)->watched, leg == LEG_CLOSED);
}

/* Money that is there, or may come, is for a claim, unless it came too late. */
static void what_came_too_late_pays_nothing(void **state) {
    (void)state;
    for (enum leg_state leg = LEG_NEW; leg <= LEG_CASE; leg++) {
        bool never = leg == LEG_DECLINED || leg == LEG_CLOSED || leg == LEG_PAID_AFTER_CLOSE ||
                     leg == LEG_RETURNED;
        assert_int_equal(leg_traits(leg)->may_pay, !never);
    }
}

/* A bill is free again only when its money is going back, or went, or never came. A claim that the
 * hospital may have credited holds it whatever becomes of its money. */
static void a_bill_is_free_when_its_money_goes_back(void **state) {
    static const enum claim_busy busy[] = {[CLAIM_WAITING] = CLAIM_BUSY_WITH_MONEY,
                                           [CLAIM_CHECKING] = CLAIM_BUSY,
                                           [CLAIM_CREDITING] = CLAIM_BUSY,
                                           [CLAIM_CREDIT_UNKNOWN] = CLAIM_BUSY,
                                           [CLAIM_DONE] = CLAIM_BUSY,
                                           [CLAIM_REVERSING] = CLAIM_FREE,
                                           [CLAIM_REVERSED] = CLAIM_FREE,
                                           [CLAIM_VOID] = CLAIM_FREE,
                                           [CLAIM_UNCREDITING] = CLAIM_BUSY,
                                           [CLAIM_REFUNDED] = CLAIM_FREE,
                                           [CLAIM_CASE] = CLAIM_BUSY_WITH_PERSON};
    (void)state;
    for (enum claim_state claim = CLAIM_WAITING; claim <= CLAIM_CASE; claim++)
        assert_int_equal(claim_traits(claim)->busy, busy[claim]);
}

/* What is being credited, is credited or was credited had its money in time. */
static void what_was_to_be_credited_was_paid(void **state) {
    (void)state;
    for (enum claim_state claim = CLAIM_WAITING; claim <= CLAIM_CASE; claim++) {
        bool paid = claim == CLAIM_CHECKING || claim == CLAIM_CREDITING ||
                    claim == CLAIM_CREDIT_UNKNOWN || claim == CLAIM_DONE ||
                    claim == CLAIM_UNCREDITING || claim == CLAIM_REFUNDED;
        assert_int_equal(claim_traits(claim)->paid, paid);
    }
}

/* Only a refund that was definitely refused leaves its money for another. */
static void only_what_is_refused_may_be_refunded_again(void **state) {
    (void)state;
    for (enum refund_state refund = REFUND_NEW; refund <= REFUND_CASE; refund++)
        assert_int_equal(refund_traits(refund)->claims_money, refund != REFUND_REFUSED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_begins_again_and_what_is_settled_stays),
        cmocka_unit_test(who_is_watched_is_closed),
        cmocka_unit_test(what_came_too_late_pays_nothing),
        cmocka_unit_test(a_bill_is_free_when_its_money_goes_back),
        cmocka_unit_test(what_was_to_be_credited_was_paid),
        cmocka_unit_test(only_what_is_refused_may_be_refunded_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
