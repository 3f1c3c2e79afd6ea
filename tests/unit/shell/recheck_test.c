/* links: app/shell/recheck.c app/shell/inbox.c app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* What reconciliation knows of an order, from the control socket to the core. */
#include "tests/support/journal_fixture.h"

#include <semaphore.h>
#include <time.h>

#include "app/core/order/book.h"
#include "app/shell/recheck.h"

#define PATIENCE_S 20

struct asking {
    struct fixture *fixture;
    struct order *order;
    struct recheck_service recheck;
    sem_t came;
    int told;
    enum journal_result result;
};

static void wake_asking(void *context) {
    sem_post(&((struct asking *)context)->came);
}

static void told_asking(void *context, enum journal_result result, const char *order_no) {
    struct asking *asking = context;
    assert_string_equal(order_no, asking->order->no);
    asking->told++;
    asking->result = result;
}

/* The journal has an order with an unproven credit, and another that has the receipt SN9. */
static int asking_set_up(void **state) {
    struct asking *asking = calloc(1, sizeof *asking);
    struct order *other = fixture_order(43);
    void *fixture = NULL;
    fixture_set_up(&fixture);
    sem_init(&asking->came, 0, 0);
    asking->fixture = fixture;
    asking->order = fixture_order(42);
    for (int i = 0; i < other->claim_count; i++)
        snprintf(other->claims[i].org_trace_no, TRACE_NO_SIZE, "OTHER%d", i);
    snprintf(other->claims[0].call_sn, TRACE_NO_SIZE, "SN9");
    assert_int_equal(fixture_open_order(asking->fixture->journal, asking->order, NULL), JOURNAL_OK);
    assert_int_equal(fixture_open_order(asking->fixture->journal, other, NULL), JOURNAL_OK);
    free(other);
    asking->recheck.inbox = inbox_create(wake_asking, asking);
    asking->recheck.pump = journal_pump_start(asking->fixture->journal, NULL, NULL);
    *state = asking;
    return 0;
}

static int asking_tear_down(void **state) {
    struct asking *asking = *state;
    void *fixture = asking->fixture;
    if (asking->recheck.pump != NULL)
        journal_pump_stop(asking->recheck.pump);
    if (asking->recheck.inbox != NULL)
        inbox_destroy(asking->recheck.inbox);
    fixture_tear_down(&fixture);
    sem_destroy(&asking->came);
    free(asking->order);
    free(asking);
    return 0;
}

static const char *ask(struct asking *asking, const char *more) {
    char line[512];
    snprintf(line, sizeof line, "{\"order_no\":\"%s\",\"by\":\"王\"%s}", asking->order->no, more);
    cJSON *tree = cJSON_Parse(line);
    assert_non_null(tree);
    const char *refused = recheck_begin(&asking->recheck, tree, told_asking, asking);
    cJSON_Delete(tree);
    return refused;
}

static struct delivery next_delivery(struct asking *asking) {
    struct delivery delivery;
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += PATIENCE_S;
    while (!inbox_deliver(asking->recheck.inbox, &delivery))
        assert_int_equal(sem_clockwait(&asking->came, CLOCK_MONOTONIC, &until), 0);
    assert_int_equal(asking->told, 1);
    return delivery;
}

static void free_delivery(struct delivery *delivery) {
    free(delivery->document);
    free(delivery->evidence);
}

static void a_proof_comes_with_its_order_and_as_evidence(void **state) {
    struct asking *asking = *state;
    assert_null(ask(asking, ",\"leg_no\":\"L\",\"call_sn\":\"SN7\",\"amount\":\"10.00\""));
    struct delivery delivery = next_delivery(asking);
    const struct recheck *recheck = (const struct recheck *)delivery.document;
    assert_false(delivery.none);
    assert_int_equal(asking->result, JOURNAL_OK);
    assert_int_equal(delivery.event.of.control.control, CONTROL_RECHECK);
    assert_ptr_equal(delivery.event.of.control.document, delivery.document);
    assert_string_equal(recheck->order.no, asking->order->no);
    assert_int_equal(recheck->order.claim_count, asking->order->claim_count);
    assert_int_equal(recheck->kind, RECHECK_PROVE);
    assert_string_equal(recheck->proof.leg_no, "L");
    assert_string_equal(recheck->proof.call_sn, "SN7");
    assert_int_equal(recheck->proof.amount.fen, 1000);
    assert_non_null(strstr(delivery.evidence, "王"));
    free_delivery(&delivery);
}

static void a_question_needs_no_proof(void **state) {
    struct asking *asking = *state;
    assert_null(ask(asking, ""));
    struct delivery delivery = next_delivery(asking);
    assert_false(((const struct recheck *)delivery.document)->kind == RECHECK_PROVE);
    free_delivery(&delivery);
}

static void a_receipt_of_another_order_proves_nothing(void **state) {
    struct asking *asking = *state;
    assert_null(ask(asking, ",\"leg_no\":\"L\",\"call_sn\":\"SN9\",\"amount\":\"10.00\""));
    assert_true(next_delivery(asking).none);
    assert_int_equal(asking->result, JOURNAL_CONFLICT);
}

static void an_order_that_is_settled_or_unknown_is_not_asked_about(void **state) {
    struct asking *asking = *state;
    asking->order->legs[0].state = LEG_CLOSED;
    for (int i = 0; i < asking->order->claim_count; i++)
        asking->order->claims[i].state = CLAIM_VOID;
    assert_int_equal(fixture_write(asking->fixture->journal, asking->order, NOTE_CLOSED),
                     JOURNAL_OK);
    assert_null(ask(asking, ""));
    assert_true(next_delivery(asking).none);
    assert_int_equal(asking->result, JOURNAL_NOT_FOUND);
    asking->told = 0;
    snprintf(asking->order->no, ORDER_NO_SIZE, "26112012000000429999");
    assert_null(ask(asking, ""));
    assert_true(next_delivery(asking).none);
    assert_int_equal(asking->result, JOURNAL_NOT_FOUND);
}

static void nonsense_is_refused_before_anything_is_read(void **state) {
    static const char *const nonsense[] = {
        ",\"leg_no\":\"L\"", ",\"leg_no\":\"L\",\"amount\":\"0.00\"",
        ",\"leg_no\":\"L\",\"amount\":\"-1.00\"", ",\"leg_no\":\"L\",\"amount\":\"1.001\"",
        ",\"leg_no\":\"123456789012345678901\",\"amount\":\"1.00\""};
    struct asking *asking = *state;
    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++)
        assert_non_null(ask(asking, nonsense[i]));
    assert_non_null(recheck_begin(&asking->recheck, NULL, told_asking, asking));
    assert_int_equal(asking->told, 0);
}

static void one_question_at_a_time_and_none_is_left_without_an_answer(void **state) {
    struct asking *asking = *state;
    assert_null(ask(asking, ""));
    assert_non_null(strstr(ask(asking, ""), "busy"));
    journal_pump_stop(asking->recheck.pump);
    asking->recheck.pump = NULL;
    inbox_destroy(asking->recheck.inbox);
    asking->recheck.inbox = NULL;
    assert_int_equal(asking->told, 1);
    assert_int_equal(asking->result, JOURNAL_BUSY);
    assert_non_null(strstr(ask(asking, ""), "the journal could not be opened"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, asking_set_up, asking_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_proof_comes_with_its_order_and_as_evidence),
        TEST(a_question_needs_no_proof),
        TEST(a_receipt_of_another_order_proves_nothing),
        TEST(an_order_that_is_settled_or_unknown_is_not_asked_about),
        TEST(nonsense_is_refused_before_anything_is_read),
        TEST(one_question_at_a_time_and_none_is_left_without_an_answer)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
