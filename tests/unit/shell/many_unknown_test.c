/* links: house */
/* As many unknown credits as the book of orders can hold are asked about when the program starts:
 * each question is answered once, by the hospital or, as it never left, by us. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <stdio.h>

#include "app/shell/dispatch.h"
#include "app/shell/settings.h"
#include "tests/support/one_leg.h"
#include "tests/support/patient.h"

#define PATIENCE_S 60

static struct config config;

/* The bench's, of which nobody is there. */
static void load_config(void) {
    static char text[1 << 16];
    char path[] = "/tmp/many_unknown.XXXXXX", error[256] = "";
    FILE *file = fopen("config/bench.json", "r");
    assert_non_null(file);
    assert_in_range(fread(text, 1, sizeof text - 1, file), 100, sizeof text - 2);
    fclose(file);
    for (char *port; (port = strstr(text, "127.0.0.1:18080")) != NULL;)
        memcpy(port, "127.0.0.1:1    ", 15); /* refused; the blanks are cut off below */
    for (char *blank; (blank = strstr(text, ":1    ")) != NULL;)
        memmove(blank + 2, blank + 6, strlen(blank + 6) + 1);
    int written = mkstemp(path);
    assert_int_equal(write(written, text, strlen(text)), (ssize_t)strlen(text));
    close(written);
    if (!settings_load(path, &config, error, sizeof error))
        fail_msg("%s", error);
    unlink(path);
}

static struct patient patient;
static struct services services;

static void wake_nobody(void *context) {
    (void)context;
}

static struct order *unknown_order(int n) {
    static struct order order;
    order = (struct order){.service = SERVICE_BILLS,
                           .created_ms = NOON_MS,
                           .person = {.mdtrt_cert_type = "10", .mdtrt_cert_no = "C1"},
                           .leg_count = 1,
                           .claim_count = CLAIMS_MAX};
    snprintf(order.no, sizeof order.no, "26112012007K0001%04u", (unsigned)n % 10000);
    order.legs[0] = (struct leg){.route = ROUTE_UPP,
                                 .channel = CHANNEL_WECHAT,
                                 .state = LEG_PAID,
                                 .amount = {CLAIMS_MAX * 100},
                                 .paid_ms = NOON_MS};
    memcpy(order.legs[0].no, order.no, sizeof order.no);
    for (int i = 0; i < CLAIMS_MAX; i++) {
        order.claims[i] = (struct claim){
            .state = CLAIM_CREDIT_UNKNOWN, .tries = 1, .amount = {100}, .sent_ms = NOON_MS};
        snprintf(order.claims[i].org_trace_no, TRACE_NO_SIZE, "B%d-%d", n, i);
        snprintf(order.claims[i].doc_trace_no, TRACE_NO_SIZE, "D%d-%d", n, i);
    }
    one_leg_pays(&order);
    return &order;
}

/* Like the start of the program: nothing is heard before everything is asked. */
static int ask_about_all(bool *asked) {
    int sends = 0;
    for (int n = 0; n < ORDERS_MAX; n++) {
        struct effects out;
        effects_clear(&out);
        struct book_turn turn = {&patient.core.book, &patient.core.setup, patient.now, &out};
        assert_true(book_reopen(turn, unknown_order(n), -1) >= 0);
        for (int i = 0; i < out.count; i++)
            if (out.items[i].kind == EFFECT_SEND) {
                asked[out.items[i].number] = true;
                sends++;
            }
        dispatch_effects(&services, &out, NULL);
    }
    return sends;
}

static void hear_all(bool *asked, int sends) {
    time_t until = time(NULL) + PATIENCE_S;
    while (sends > 0 && time(NULL) < until) {
        struct delivery delivery;
        if (!inbox_deliver(services.exchanges.inbox, &delivery))
            continue;
        free(delivery.evidence);
        if (delivery.none || delivery.event.kind != EVENT_ANSWER)
            continue;
        assert_true(asked[delivery.event.of.answer.request]);
        assert_false(delivery.event.of.answer.reached);
        asked[delivery.event.of.answer.request] = false;
        sends--;
    }
    assert_int_equal(sends, 0);
}

static void every_question_of_a_full_book_is_answered_once(void **state) {
    static bool asked[ORDERS_MAX * CLAIMS_MAX * 4];
    (void)state;
    load_config();
    begin(&patient);
    services = (struct services){.core = &patient.core};
    services.exchanges.inbox = inbox_create(wake_nobody, NULL);
    services.exchanges.core = &patient.core;
    services.exchanges.config = &config;
    services.exchanges.trace_path = "";
    services.persist = (struct persist){.inbox = services.exchanges.inbox, .core = &patient.core};
    exchange_start(&services.exchanges);
    int sends = ask_about_all(asked);
    assert_true(sends > 2048);
    struct effect of_visit = {.kind = EFFECT_SEND, .number = 999999, .to = {ADDRESS_VISIT, 0}};
    struct exchange *place = exchange_begin(&services.exchanges, &of_visit);
    assert_non_null(place); /* who stands there is not kept waiting */
    (void)exchange_end(&services.exchanges, 999999);
    hear_all(asked, sends);
    exchange_stop(&services.exchanges);
    inbox_destroy(services.exchanges.inbox);
    config_free(&config);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_question_of_a_full_book_is_answered_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
