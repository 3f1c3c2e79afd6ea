/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* What a turn writes: an event a note, the rows that changed, cases, prints; a batch whole or not
 * at all. */
#include "tests/support/journal_look.h"

static void only_changed_rows_enter_the_event(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    order->claims[1].tries = 1;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITING), JOURNAL_OK);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM order_events, json_each(payload)"
                                             " WHERE number = 2 AND json_each.type = 'object'"),
                     1);
    assert_int_equal(fixture_number(fixture, "SELECT json_extract(payload, '$.\"claims/1\".tries')"
                                             " FROM order_events WHERE number = 2"),
                     1);
    free(order);
}

static void an_id_or_an_amount_never_changes(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1), *read = malloc(sizeof *read);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    order->claims[0].amount.fen++;
    order->legs[0].place_tries = 1;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_PLACED), JOURNAL_CORRUPT);
    assert_non_null(strstr(journal_error(fixture->journal), "amount_fen may not change"));
    assert_int_equal(journal_load(fixture->journal, order->no, read), JOURNAL_OK);
    assert_int_equal(read->legs[0].place_tries, 0);
    order->claims[0].amount.fen--;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_PLACED), JOURNAL_OK);
    free(order);
    free(read);
}

static bool copy_event(void *context, const struct journal_event *event) {
    char *text = context;
    size_t length = strlen(text);
    bool rows = strstr(event->payload, "\"legs/0\"") != NULL;
    snprintf(text + length, 256 - length, "%s %.24s%s;", event->note, event->payload,
             rows ? " with rows" : "");
    return true;
}

static void a_turn_leaves_an_event_a_note_and_its_rows_in_the_first(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    char text[256] = "";
    struct part_note notes[] = {{NOTE_PAID, 0, PART_NONE, PART_NONE},
                                {NOTE_REVERSING, 0, 1, 2},
                                {NOTE_CREDITED, 0, 1, PART_NONE},
                                {NOTE_RESUMED, PART_NONE, PART_NONE, PART_NONE}};
    struct journal_write write = {
        .order = order, .notes = notes, .note_count = 4, .wall_ms = FIXTURE_WALL_MS};
    assert_int_equal(journal_commit(fixture->journal, &write, 1), JOURNAL_OK);
    assert_int_equal(journal_each_event(fixture->journal, order->no, copy_event, text), JOURNAL_OK);
    assert_string_equal(text, "paid {\"about\":\"leg 0\",\"orders with rows;"
                              "reversing {\"about\":\"refund 2\"};"
                              "credited {\"about\":\"claim 1\"};"
                              "resumed {\"about\":\"\"};");
    free(order);
}

static void a_batch_is_written_whole_or_not_at_all(void **state) {
    struct fixture *fixture = *state;
    struct order *good = fixture_order(1), *bad = fixture_order(2);
    struct fixture_seen seen = {0};
    assert_int_equal(fixture_write(fixture->journal, bad, NOTE_OPENED), JOURNAL_OK);
    bad->legs[0].amount.fen = 1;
    struct part_note opened = {NOTE_OPENED, PART_NONE, PART_NONE, PART_NONE};
    struct part_note paid = {NOTE_PAID, 0, PART_NONE, PART_NONE};
    struct journal_write writes[] = {
        {.order = good, .notes = &opened, .note_count = 1, .wall_ms = FIXTURE_WALL_MS},
        {.order = bad, .notes = &paid, .note_count = 1, .wall_ms = FIXTURE_WALL_MS}};
    assert_int_equal(journal_commit(fixture->journal, writes, 2), JOURNAL_CORRUPT);
    assert_int_equal(journal_each(fixture->journal, 0, 0, fixture_see, &seen), JOURNAL_OK);
    assert_int_equal(seen.count, 1);
    free(good);
    free(bad);
}

static bool copy_case(void *context, const struct journal_case *found) {
    char *text = context;
    size_t length = strlen(text);
    snprintf(text + length, 512 - length, "%s %s %s %s;", found->case_no, found->part,
             case_reason_name(found->reason), found->resolved ? found->resolved_by : "open");
    return true;
}

static void a_part_in_its_case_state_opens_one_case(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(42);
    char text[512] = "";
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    fixture_case(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    snprintf(order->claims[1].code, CODE_SIZE, "99");
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    order->claims[0].state = CLAIM_CASE;
    order->claims[0].reason = CASE_CREDIT_CONTRADICTS;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    assert_int_equal(journal_each_case(fixture->journal, NULL, false, copy_case, text), JOURNAL_OK);
    assert_string_equal(text, "C00010042 claim 1 credit_unknown open;"
                              "C00010042-2 claim 0 credit_contradicts open;");
    assert_int_equal(fixture_number(fixture, "SELECT n FROM cases WHERE case_no = 'C00010042'"), 1);
    assert_int_equal(fixture_number(fixture, "SELECT n FROM cases WHERE case_no = 'C00010042-2'"),
                     2);
    assert_int_equal(
        journal_resolve(fixture->journal,
                        &(struct journal_decision){order->no, "C00010042", "王", "credited",
                                                   RESOLUTION_RETURNED, FIXTURE_WALL_MS, NULL}),
        JOURNAL_OK);
    assert_int_equal(journal_load(fixture->journal, order->no, order), JOURNAL_OK);
    assert_false(order->resolved); /* the other is open */
    free(order);
}

static void a_resolved_case_stays_with_who_and_why(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(42);
    char text[512] = "";
    fixture_case(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    assert_int_equal(
        journal_resolve(fixture->journal,
                        &(struct journal_decision){order->no, "C00010042", "王", "credited",
                                                   RESOLUTION_RETURNED, FIXTURE_WALL_MS, NULL}),
        JOURNAL_OK);
    assert_int_equal(
        journal_resolve(fixture->journal,
                        &(struct journal_decision){order->no, "C00010042", "王", "again",
                                                   RESOLUTION_RETURNED, FIXTURE_WALL_MS, NULL}),
        JOURNAL_NOT_FOUND);
    assert_int_equal(journal_each_case(fixture->journal, order->no, true, copy_case, text),
                     JOURNAL_OK);
    assert_string_equal(text, "");
    assert_int_equal(journal_each_case(fixture->journal, NULL, false, copy_case, text), JOURNAL_OK);
    assert_string_equal(text, "C00010042 claim 1 credit_unknown 王;");
    assert_false(order->resolved);
    assert_int_equal(journal_load(fixture->journal, order->no, order), JOURNAL_OK);
    assert_true(order->resolved);
    free(order);
}

/* A person is still told of it, with the number under which it can be decided. */
static void a_damaged_case_is_shown_as_what_can_be_read_of_it(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(42);
    char text[512] = "";
    fixture_case(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    assert_int_equal(fixture_number(fixture,
                                    "UPDATE cases SET reason = 'nonsense', part = 'claim 1',"
                                    " case_no = case_no || char(0) RETURNING 1"),
                     1);
    assert_int_equal(journal_each_case(fixture->journal, NULL, true, copy_case, text), JOURNAL_OK);
    assert_string_equal(text, "C00010042 claim 1 unreadable open;");
    free(order);
}

static void a_printed_receipt_is_an_outbox_row(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    for (int i = 0; i < 2; i++)
        assert_int_equal(
            journal_print_outcome(fixture->journal, order->no, i == 1, PRINT_UNKNOWN, 5),
            JOURNAL_OK);
    assert_int_equal(
        fixture_number(fixture, "SELECT count(*) FROM outbox WHERE outcome = 'unknown'"), 2);
    assert_int_equal(fixture_number(fixture, "SELECT n FROM outbox WHERE NOT reprint"), 1);
    assert_int_equal(fixture_number(fixture, "SELECT n FROM outbox WHERE reprint"), 2);
    assert_int_equal(journal_print_outcome(fixture->journal, "1", false, PRINT_DONE, 5),
                     JOURNAL_NOT_FOUND);
    free(order);
}

static void a_settled_order_opens_again_when_a_refund_is_wanted(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1), *read = malloc(sizeof *read);
    struct fixture_seen seen = {0};
    struct journal_finding finding;
    fixture_credit(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
    assert_int_equal(journal_load(fixture->journal, order->no, read), JOURNAL_OK);
    read->claims[0].state = CLAIM_UNCREDITING;
    snprintf(read->person.cert_no, sizeof read->person.cert_no, "11010519491231002X");
    assert_int_equal(fixture_write(fixture->journal, read, NOTE_UNCREDITING), JOURNAL_OK);
    assert_int_equal(journal_each_open(fixture->journal, fixture_see, &seen), JOURNAL_OK);
    assert_int_equal(seen.count, 1);
    assert_int_equal(journal_load(fixture->journal, order->no, order), JOURNAL_OK);
    assert_string_equal(order->person.cert_no, "11010519491231002X");
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    assert_true(finding.good);
    free(order);
    free(read);
}

static bool copy_evidence(void *context, const struct journal_event *event) {
    snprintf(context, 64, "%.63s", event->evidence);
    return true;
}

static void of_endless_evidence_only_the_length_is_kept(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    char *endless = calloc(1, JOURNAL_EVIDENCE_MAX + 2), kept[64], length_only[64];
    memset(endless, '9', JOURNAL_EVIDENCE_MAX + 1);
    struct part_note opened = {NOTE_OPENED, PART_NONE, PART_NONE, PART_NONE};
    struct journal_write write = {.order = order,
                                  .notes = &opened,
                                  .note_count = 1,
                                  .wall_ms = FIXTURE_WALL_MS,
                                  .evidence = endless};
    assert_int_equal(journal_commit(fixture->journal, &write, 1), JOURNAL_OK);
    assert_int_equal(journal_each_event(fixture->journal, order->no, copy_evidence, kept),
                     JOURNAL_OK);
    snprintf(length_only, sizeof length_only, "{\"left_out\":\"%d bytes\"}",
             JOURNAL_EVIDENCE_MAX + 1);
    assert_string_equal(kept, length_only);
    endless[JOURNAL_EVIDENCE_MAX] = '\0'; /* as much as there is room for is kept whole */
    assert_int_equal(journal_commit(fixture->journal, &write, 1), JOURNAL_OK);
    assert_int_equal(fixture_number(fixture, "SELECT length(evidence) FROM order_events"
                                             " WHERE number = 2"),
                     JOURNAL_EVIDENCE_MAX);
    free(endless);
    free(order);
}

/* Without a salt whoever has the chain could try all ID numbers against the seal. */
static void a_person_is_sealed_with_a_salt_of_their_own(void **state) {
    struct fixture *fixture = *state;
    for (int n = 1; n <= 2; n++) {
        struct order *order = fixture_order(n);
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
        order->legs[0].place_tries = 1; /* ... that stays as long as the person does */
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_PLACED), JOURNAL_OK);
        free(order);
    }
    assert_int_equal(fixture_number(fixture, "SELECT count(DISTINCT salt) FROM retry"
                                             " WHERE length(salt) = 32"
                                             " AND NOT salt GLOB '*[^0-9a-f]*'"),
                     2);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM order_events"
                                             " WHERE json_extract(payload, '$.orders') IS NULL"
                                             " AND note = 'placed'"),
                     2);
}

static int count_twice(struct fixture *fixture) {
    return (int)fixture_number(fixture,
                               "SELECT count(*) FROM cases WHERE reason = 'credited_twice'");
}

/* The HIS gives a receipt once: two bills of one order with the same one are a case, one that is
 * written again is none. */
static void two_bills_of_an_order_have_no_receipt_in_common(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    fixture_credit(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
    snprintf(order->claims[0].code, CODE_SIZE, "00");
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
    snprintf(order->claims[0].call_sn, TRACE_NO_SIZE, "ANOTHER");
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
    assert_int_equal(count_twice(fixture), 0);
    snprintf(order->claims[0].call_sn, TRACE_NO_SIZE, "7"); /* as short as a number can be */
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
    snprintf(order->claims[1].call_sn, TRACE_NO_SIZE, "7");
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
    assert_int_equal(count_twice(fixture), 1);
    struct order *other = fixture_order(2);
    assert_int_equal(fixture_write(fixture->journal, other, NOTE_OPENED), JOURNAL_OK);
    fixture_credit(other); /* with receipts of its own, one for a bill that was taken back before */
    memcpy(other->claims[0].org_trace_no, order->claims[0].org_trace_no, TRACE_NO_SIZE);
    assert_int_equal(fixture_write(fixture->journal, other, NOTE_CREDITED), JOURNAL_OK);
    assert_int_equal(count_twice(fixture), 1);
    struct order *third = fixture_order(3);
    assert_int_equal(fixture_write(fixture->journal, third, NOTE_OPENED), JOURNAL_OK);
    fixture_credit(third);
    snprintf(third->claims[1].call_sn, TRACE_NO_SIZE, "7"); /* beside one of its own */
    assert_int_equal(fixture_write(fixture->journal, third, NOTE_CREDITED), JOURNAL_OK);
    assert_int_equal(count_twice(fixture), 2);
    free(order);
    free(other);
    free(third);
}

/* Whichever part has it: no number is given a second time. */
static void the_newest_number_is_any_parts(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    char no[ORDER_NO_SIZE];
    order->legs[0].no[ORDER_NO_SIZE - 2] = '0'; /* older than the order's */
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    assert_int_equal(journal_last_no(fixture->journal, no), JOURNAL_OK);
    assert_string_equal(no, order->no);
    order->leg_count = 2;
    order->legs[1] = order->legs[0];
    order->legs[1].no[ORDER_NO_SIZE - 2] = '2';
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_PLACED), JOURNAL_OK);
    assert_int_equal(journal_last_no(fixture->journal, no), JOURNAL_OK);
    assert_string_equal(no, order->legs[1].no);
    free(order);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(only_changed_rows_enter_the_event),
        STORY(an_id_or_an_amount_never_changes),
        STORY(a_turn_leaves_an_event_a_note_and_its_rows_in_the_first),
        STORY(a_batch_is_written_whole_or_not_at_all),
        STORY(a_part_in_its_case_state_opens_one_case),
        STORY(a_resolved_case_stays_with_who_and_why),
        STORY(a_damaged_case_is_shown_as_what_can_be_read_of_it),
        STORY(a_printed_receipt_is_an_outbox_row),
        STORY(a_settled_order_opens_again_when_a_refund_is_wanted),
        STORY(of_endless_evidence_only_the_length_is_kept),
        STORY(a_person_is_sealed_with_a_salt_of_their_own),
        STORY(two_bills_of_an_order_have_no_receipt_in_common),
        STORY(the_newest_number_is_any_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
