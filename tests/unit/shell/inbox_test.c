/* links: app/shell/inbox.c app/base/ */
/* What comes from the pumps is delivered once by the service that was named, or dropped by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/shell/inbox.h"

struct text_service {
    struct inbox *inbox;
    int wakes, delivered, dropped;
    char last[16];
};

static void wake(void *context) {
    ((struct text_service *)context)->wakes++;
}

static void deliver_text(void *owner, void *payload, struct delivery *out) {
    struct text_service *service = owner;
    service->delivered++;
    strcpy(service->last, payload);
    out->none = true;
}

static void drop_text(void *owner, void *payload) {
    struct text_service *service = owner;
    service->dropped++;
    strcpy(service->last, payload);
}

static const struct inbox_kind texts = {deliver_text, drop_text}, plain = {deliver_text, NULL};

static int set_up(void **state) {
    struct text_service *service = calloc(1, sizeof *service);
    service->inbox = inbox_create(wake, service);
    *state = service;
    return 0;
}

static int tear_down(void **state) {
    struct text_service *service = *state;
    if (service->inbox != NULL)
        inbox_destroy(service->inbox);
    free(service);
    return 0;
}

static void an_item_is_delivered_by_its_owner_in_the_order_of_coming(void **state) {
    struct text_service *service = *state;
    struct delivery delivery;
    char first[] = "first";
    assert_false(inbox_deliver(service->inbox, &delivery));
    assert_true(inbox_reserve(service->inbox));
    inbox_post(service->inbox, &texts, service, first, sizeof first);
    memset(first, 'x', sizeof first - 1); /* it was copied */
    assert_true(inbox_offer(service->inbox, &plain, service, "second", sizeof "second"));
    assert_int_equal(service->wakes, 1);
    assert_true(inbox_deliver(service->inbox, &delivery));
    assert_string_equal(service->last, "first");
    assert_true(delivery.none);
    assert_true(inbox_deliver(service->inbox, &delivery));
    assert_string_equal(service->last, "second");
    assert_false(inbox_deliver(service->inbox, &delivery));
    assert_int_equal(service->delivered, 2);
    assert_int_equal(service->dropped, 0);
}

static void an_event_comes_as_it_was_posted(void **state) {
    struct text_service *service = *state;
    struct delivery delivery;
    struct event scan = {.kind = EVENT_SCAN};
    strcpy(scan.of.scan.text, "C10000001");
    assert_true(inbox_offer(service->inbox, &inbox_event, NULL, &scan, sizeof scan));
    assert_true(inbox_deliver(service->inbox, &delivery));
    assert_false(delivery.none);
    assert_null(delivery.evidence);
    assert_null(delivery.document);
    assert_int_equal(delivery.event.kind, EVENT_SCAN);
    assert_string_equal(delivery.event.of.scan.text, "C10000001");
}

static void a_reserved_place_is_kept_whatever_comes_unasked(void **state) {
    struct text_service *service = *state;
    struct delivery delivery;
    int offered = 0;
    assert_true(inbox_reserve(service->inbox));
    while (inbox_offer(service->inbox, &plain, service, "noise", sizeof "noise"))
        offered++;
    assert_false(inbox_reserve(service->inbox));
    inbox_post(service->inbox, &plain, service, "answer", sizeof "answer");
    for (int i = 0; i <= offered; i++)
        assert_true(inbox_deliver(service->inbox, &delivery));
    assert_string_equal(service->last, "answer");
    assert_true(inbox_reserve(service->inbox));
}

static void what_nobody_hears_any_more_is_dropped_by_its_owner(void **state) {
    struct text_service *service = *state;
    inbox_offer(service->inbox, &plain, service, "plain", sizeof "plain");
    inbox_offer(service->inbox, &texts, service, "owning", sizeof "owning");
    inbox_destroy(service->inbox);
    service->inbox = NULL;
    assert_int_equal(service->delivered, 0);
    assert_int_equal(service->dropped, 1);
    assert_string_equal(service->last, "owning");
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(an_item_is_delivered_by_its_owner_in_the_order_of_coming),
        STORY(an_event_comes_as_it_was_posted),
        STORY(a_reserved_place_is_kept_whatever_comes_unasked),
        STORY(what_nobody_hears_any_more_is_dropped_by_its_owner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
