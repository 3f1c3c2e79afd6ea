/* An order as a receipt, compared with tests/unit/receipt/receipts/NAME.txt. With RECEIPTS=write in
 * the environment the papers are written anew, to be read by a person. */
#ifndef HOPKIOSK_TESTS_PAPER_STORY_H
#define HOPKIOSK_TESTS_PAPER_STORY_H

#include <stdio.h>
#include <stdlib.h>

#include "app/core/visit/keys.h"
#include "app/receipt/receipt.h"
#include "tests/support/one_leg.h"
#include "tests/support/patient.h"
#include "tests/support/words_of.h"

#define PAPER_SIZE 65536

static const char *const kinds[] = {"text", "pair", "rule", "qr", "bar", "feed", "cut"};

static inline void write_paper(const struct print_doc *doc, char paper[PAPER_SIZE]) {
    size_t used = 0;

    for (int i = 0; i < doc->count; i++) {
        const struct print_item *item = &doc->items[i];
        used += (size_t)snprintf(paper + used, PAPER_SIZE - used, "%s%s%s%s%s%s%s%s\n",
                                 kinds[item->kind], item->align == PRINT_CENTRE ? " centre" : "",
                                 item->scale == 2 ? " large" : "", item->bold ? " bold" : "",
                                 item->text[0] != '\0' ? " | " : "", item->text,
                                 item->right[0] != '\0' ? " | " : "", item->right);
        assert_true(used < PAPER_SIZE);
    }
}

static inline void matches(const char *name, const struct print_doc *doc) {
    static char paper[PAPER_SIZE], golden[PAPER_SIZE];
    char path[128];

    write_paper(doc, paper);
    snprintf(path, sizeof path, "tests/unit/receipt/receipts/%s.txt", name);
    if (getenv("RECEIPTS") != NULL) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(paper, file);
        fclose(file);
    }
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    golden[fread(golden, 1, sizeof golden - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(paper, golden);
}

/* A paid order for the three bills; its claims become what the story says. */
static inline struct order paid_order(void) {
    struct order order = {.no = "26112011247K00010007",
                          .service = SERVICE_BILLS,
                          .created_ms = NOON_MS,
                          .person = {.masked_name = "张*丰"},
                          .leg_count = 1,
                          .claim_count = 3,
                          .legs = {{.route = ROUTE_UPP,
                                    .channel = CHANNEL_WECHAT,
                                    .state = LEG_PAID,
                                    .no = "26112011247K00010007",
                                    .amount = {16570},
                                    .paid_ms = NOON_MS + 61000}}};

    for (int i = 0; i < 3; i++) {
        order.claims[i].state = CLAIM_DONE;
        order.claims[i].amount = three_bills.bills[i].amount;
        strcpy(order.claims[i].org_trace_no, three_bills.bills[i].org_trace_no);
    }
    return order;
}

static inline struct session visit_of(const struct order *order) {
    struct session session = {
        .payment.slot = 0,
        .documents = {[DOCUMENT_ACCOUNT] = &zhang.head, [DOCUMENT_BILLS] = &three_bills.head}};

    memcpy(session.payment.order_no, order->no, sizeof session.payment.order_no);
    return session;
}

struct paper {
    struct words words;
    struct receipt_site site;
    struct print_doc doc;
};

static struct paper *paper;

static inline int set_up(void **state) {
    (void)state;
    paper = calloc(1, sizeof *paper);
    words_open(&paper->words);
    paper->site.hospital_name = "仁和医院";
    paper->site.terminal_no = "0001";
    paper->site.footer = "咨询电话 0591-0000000";
    return 0;
}

static inline int tear_down(void **state) {
    (void)state;
    words_close(&paper->words);
    free(paper);
    return 0;
}

static inline const struct print_doc *compose(const struct order *order,
                                              const struct session *session, enum language language,
                                              bool reprint) {
    static struct order shared;
    struct receipt_source source = {.order = &shared,
                                    .session = session,
                                    .site = paper->site,
                                    .now = {NOON_MS + 65000, 0},
                                    .language = language,
                                    .reprint = reprint,
                                    .text = words_of,
                                    .words = &paper->words};
    shared = *order;
    one_leg_pays(&shared);
    receipt_compose(&source, &paper->doc);
    return &paper->doc;
}

#endif
