/* A journal as a busy kiosk leaves it: usage fill_journal PATH COUNT [NOW_MS]. Every order is
 * settled but the last. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/journal/journal.h"
#include "tests/support/one_leg.h"

#define BATCH 500
#define MINUTE_MS INT64_C(60000)

static void fill(struct order *order, int i, int count, int64_t now_ms,
                 char last_no[ORDER_NO_SIZE]) {
    bool open = i == count - 1;
    *order = (struct order){.service = SERVICE_DEPOSIT,
                            .created_ms = now_ms - (count - i) * MINUTE_MS,
                            .leg_count = 1,
                            .claim_count = 1};
    order_next_no(order->created_ms, "7K0001", last_no, order->no);
    memcpy(last_no, order->no, ORDER_NO_SIZE);
    snprintf(order->person.keys.id, sizeof order->person.keys.id, "%064d", i % 997);
    snprintf(order->person.masked_name, sizeof order->person.masked_name, "王*兰");
    order->person.account_type = ACCOUNT_INPATIENT;
    order->legs[0] = (struct leg){.route = ROUTE_UPP,
                                  .channel = CHANNEL_WECHAT,
                                  .state = open ? LEG_WAITING : LEG_PAID,
                                  .amount = {10000 + i},
                                  .expire_ms = order->created_ms + 180000};
    memcpy(order->legs[0].no, order->no, sizeof order->no);
    order->claims[0] =
        (struct claim){.state = open ? CLAIM_WAITING : CLAIM_DONE, .amount = order->legs[0].amount};
    memcpy(order->claims[0].org_trace_no, order->no, sizeof order->no);
    memcpy(order->claims[0].doc_trace_no, order->no, sizeof order->no);
    one_leg_pays(order);
}

int main(int argc, char **argv) {
    static struct order orders[BATCH];
    static struct journal_write writes[BATCH];
    static const struct part_note credited = {NOTE_CREDITED, 0, 0, PART_NONE};
    char last_no[ORDER_NO_SIZE] = "";
    struct journal *journal;
    bool used_well = argc == 3 || argc == 4;
    int64_t now_ms = argc == 4 ? atoll(argv[3]) : clock_wall_ms();
    struct journal_options options = {.path = used_well ? argv[1] : "", .terminal_id = "perf"};
    int count = used_well ? atoi(argv[2]) : 0;
    if (count < 1 || journal_open(&options, &journal) != JOURNAL_OK) {
        fprintf(stderr, "usage: fill_journal PATH COUNT [NOW_MS]\n");
        return 2;
    }
    for (int done = 0; done < count;) {
        int batch = 0;
        for (; batch < BATCH && done < count; batch++, done++) {
            fill(&orders[batch], done, count, now_ms, last_no);
            writes[batch] = (struct journal_write){.order = &orders[batch],
                                                   .notes = &credited,
                                                   .note_count = 1,
                                                   .wall_ms = orders[batch].created_ms};
        }
        if (journal_commit(journal, writes, batch) != JOURNAL_OK) {
            fprintf(stderr, "%s\n", journal_error(journal));
            return 1;
        }
    }
    journal_close(journal);
    return 0;
}
