/* Orders and a journal in a folder of its own, for the journal's tests. */
#ifndef HOPKIOSK_JOURNAL_FIXTURE_H
#define HOPKIOSK_JOURNAL_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/journal/journal.h"
#include "tests/support/one_leg.h"

#define FIXTURE_WALL_MS INT64_C(1795000000000)

static const struct patient_keys fixture_keys = {.id = "5f0c", .cust = "c57", .card = "ca4d"};

struct fixture {
    char folder[64], path[96];
    struct journal *journal;
};

static inline void fixture_open(struct fixture *fixture) {
    struct journal_options options = {.path = fixture->path, .terminal_id = "K1"};
    assert_int_equal(journal_open(&options, &fixture->journal), JOURNAL_OK);
}

/* As before there were identities: whatever journal stands there is this installation's. */
static inline void fixture_forget_identity(struct fixture *fixture) {
    char path[128];
    snprintf(path, sizeof path, "%s.identity", fixture->path);
    unlink(path);
}

static inline void fixture_reopen(struct fixture *fixture) {
    journal_close(fixture->journal);
    fixture_open(fixture);
}

/* In memory where the system has a place for that: no disk has to keep it. */
static inline int fixture_set_up(void **state) {
    struct fixture *fixture = calloc(1, sizeof *fixture);
    snprintf(fixture->folder, sizeof fixture->folder, "%s/journal_test.XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(fixture->folder));
    snprintf(fixture->path, sizeof fixture->path, "%s/journal.db", fixture->folder);
    fixture_open(fixture);
    *state = fixture;
    return 0;
}

static inline int fixture_tear_down(void **state) {
    static const char *const files[] = {"", "-wal", "-shm", ".identity"};
    struct fixture *fixture = *state;
    char path[128];
    journal_close(fixture->journal);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s%s", fixture->path, files[i]);
        unlink(path);
    }
    rmdir(fixture->folder);
    free(fixture);
    return 0;
}

/* A payment of two bills, just opened; `n` makes its numbers its own. */
static inline struct order *fixture_order(int n) {
    struct order *order = calloc(1, sizeof *order);
    snprintf(order->no, sizeof order->no, "2611201200000001%04u", (unsigned)n % 10000);
    order->service = SERVICE_BILLS;
    order->created_ms = FIXTURE_WALL_MS + n;
    order->person = (struct order_person){.keys = fixture_keys,
                                          .masked_name = "张*\"丰",
                                          .mdtrt_cert_type = "10",
                                          .mdtrt_cert_no = "C10000001",
                                          .cert_no = "11010519491231002X",
                                          .his_cust_id = "8812",
                                          .his_cust_type = "01",
                                          .patient_type = "00",
                                          .account_type = ACCOUNT_OUTPATIENT};
    order->leg_count = 1;
    order->legs[0] = (struct leg){.route = ROUTE_UPP,
                                  .channel = CHANNEL_WECHAT,
                                  .amount = {16450},
                                  .expire_ms = FIXTURE_WALL_MS + 180000};
    snprintf(order->legs[0].no, sizeof order->legs[0].no, "%s", order->no);
    order->claim_count = 2;
    for (int i = 0; i < 2; i++) {
        struct claim *claim = &order->claims[i];
        snprintf(claim->org_trace_no, sizeof claim->org_trace_no, "B%04d-%d", n, i);
        snprintf(claim->doc_trace_no, sizeof claim->doc_trace_no, "D%04d-%d", n, i);
        claim->amount.fen = i ? 3600 : 12850;
    }
    one_leg_pays(order);
    return order;
}

static inline enum journal_result fixture_write(struct journal *journal, const struct order *order,
                                                enum note note) {
    struct part_note about = {(uint8_t)note, PART_NONE, PART_NONE, PART_NONE};
    struct journal_write write = {.order = order,
                                  .notes = &about,
                                  .note_count = 1,
                                  .wall_ms = FIXTURE_WALL_MS,
                                  .evidence = "{\"code\":\"00\"}"};
    return journal_commit(journal, &write, 1);
}

/* Its first write, which takes what it holds of `bills` (NULL: its numbers alone). */
static inline enum journal_result fixture_open_order(struct journal *journal,
                                                     const struct order *order,
                                                     const struct bill_list *bills) {
    struct part_note about = {NOTE_OPENED, PART_NONE, PART_NONE, PART_NONE};
    struct hold holds[32];
    struct journal_write write = {.order = order,
                                  .notes = &about,
                                  .note_count = 1,
                                  .wall_ms = FIXTURE_WALL_MS,
                                  .holds = holds};
    write.hold_count = order_holds(order, bills, holds, 32);
    return journal_commit(journal, &write, 1);
}

static inline void fixture_wait(struct order *order) {
    order->legs[0].state = LEG_WAITING;
    snprintf(order->legs[0].out_no, sizeof order->legs[0].out_no, "P%s", order->no);
}

static inline void fixture_credit(struct order *order) {
    char no[ORDER_NO_SIZE]; /* a copy: the compiler takes it for a part of what is written */
    memcpy(no, order->no, sizeof no);
    order->legs[0].state = LEG_PAID;
    order->legs[0].paid_ms = FIXTURE_WALL_MS + 9000;
    order->legs[0].paid_by = CHANNEL_WECHAT;
    for (int i = 0; i < order->claim_count; i++) {
        order->claims[i].state = CLAIM_DONE;
        snprintf(order->claims[i].call_sn, sizeof order->claims[i].call_sn, "S%s%d", no, i);
    }
}

/* The second bill is at the window, the first was credited. */
static inline void fixture_case(struct order *order) {
    fixture_credit(order);
    order->claims[1].state = CLAIM_CASE;
    order->claims[1].reason = CASE_CREDIT_UNKNOWN;
}

/* A test with a journal of its own. */
#define STORY(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

#endif
