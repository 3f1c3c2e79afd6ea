#include "app/recon/findings.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/recon/taken.h"

static void *grow_list(void *list, size_t *room, size_t wanted, size_t size) {
    if (wanted <= *room)
        return list;
    *room = wanted + wanted / 2 + 256;
    list = realloc(list, *room * size);
    ENSURE(list != NULL);
    return list;
}

/* Of a credit that was taken back only that part of the deal. */
static int64_t money_of_class(const struct judge *judge, enum recon_class class,
                              const struct deal_row *rows, size_t count) {
    return class == RECON_CREDIT_TAKEN_ELSEWHERE ? deal_taken_money(judge, rows, count)
                                                 : deal_money(rows, count);
}

static void count_deal(struct judge *judge, enum recon_class class, const struct deal_row *rows,
                       size_t count) {
    struct recon_sum *sum = &judge->result->classes[class];
    sum->deals++;
    sum->fen += money_of_class(judge, class, rows, count);
    for (size_t i = 0; i < count; i++) {
        sum->rows[rows[i].source]++;
        sum->source_fen[rows[i].source] += recon_row_money(&rows[i].is);
    }
}

static bool is_explained(const struct judge *judge, enum recon_class class,
                         const struct deal_row *rows, size_t count) {
    const struct recon_ledger *ledger = judge->ledger;
    bool terminals = ledger->sources[judge->here].side == RECON_TERMINAL;
    if (class == RECON_CREDIT_TAKEN_ELSEWHERE) /* the terminal's finding is about the same */
        return rows[0].is.kind == RECON_REFUND && deal_is_hospitals_alone(judge, rows, count);
    if (class != RECON_TERMINAL_UNAWARE && !(class == RECON_MISSING_HERE && terminals))
        return false;
    for (size_t i = 0; i < count; i++) {
        unsigned terminal = RECON_CHUNK(ledger, rows[i].row)->terminals[RECON_WITHIN(rows[i].row)];
        if (rows[i].is.elsewhere ||
            (recon_shared_text_names_one(&ledger->texts[RECON_TERMINALS], terminal) &&
             !ledger->terminal_is_ours[terminal]))
            return true;
    }
    return false;
}

/* yuntaiBills and channelBills are two views of the same money. */
static bool is_in_one_view(const struct judge *judge, enum recon_class class,
                           const struct deal_row *rows, size_t count) {
    unsigned views = 0;
    for (size_t i = 0; i < count; i++)
        views |= 1u << rows[i].source & judge->views;
    return class == RECON_PLATFORM_MISSING && judge->channel_pair && views != 0;
}

static void add_finding(struct judge *judge, enum recon_class class, const struct deal_row *rows,
                        size_t count, enum recon_proof proof) {
    struct recon_result *result = judge->result;
    result->findings = grow_list(result->findings, &result->finding_room, result->finding_count + 1,
                                 sizeof *result->findings);
    result->members = grow_list(result->members, &result->member_room, result->member_count + count,
                                sizeof *result->members);
    struct recon_finding *finding = &result->findings[result->finding_count++];
    *finding = (struct recon_finding){.first = (uint32_t)result->member_count,
                                      .count = (uint32_t)count,
                                      .fen = money_of_class(judge, class, rows, count),
                                      .class = (uint8_t) class,
                                      .proof = (uint8_t)proof,
                                      .explained = is_explained(judge, class, rows, count),
                                      .one_view = is_in_one_view(judge, class, rows, count)};
    for (size_t i = 0; i < count; i++)
        result->members[result->member_count++] = rows[i].row;
    result->classes[class].explained += finding->explained;
}

void recon_conclude(struct judge *judge, enum recon_class class, const struct deal_row *rows,
                    size_t count, enum recon_proof proof) {
    count_deal(judge, class, rows, count);
    if (class != RECON_AGREE && class != RECON_OUTSIDE)
        add_finding(judge, class, rows, count, proof);
}

static const struct recon_result *sorted_result;

static int by_class_and_row(const void *a, const void *b) {
    const struct recon_finding *x = a, *y = b;
    if (x->class != y->class)
        return x->class < y->class ? -1 : 1;
    uint32_t row_x = sorted_result->members[x->first], row_y = sorted_result->members[y->first];
    return (row_x > row_y) - (row_x < row_y);
}

void recon_sort_findings(struct recon_result *result) {
    sorted_result = result;
    if (result->finding_count > 1)
        qsort(result->findings, result->finding_count, sizeof *result->findings, by_class_and_row);
}

bool recon_sums_hold(const struct recon_ledger *ledger, const struct recon_result *result) {
    for (int i = 0; i < ledger->source_count; i++) {
        int64_t rows = 0, fen = 0;
        for (int class = 0; class < RECON_CLASS_COUNT; class ++) {
            rows += result->classes[class].rows[i];
            fen += result->classes[class].source_fen[i];
        }
        if (rows != ledger->sources[i].rows || fen != ledger->sources[i].fen)
            return false;
    }
    return true;
}

int64_t recon_differences(const struct recon_result *result) {
    int64_t count = 0;
    for (int class = 0; class < RECON_CLASS_COUNT; class ++)
        if (recon_classes[class].difference)
            count += result->classes[class].deals - result->classes[class].explained;
    return count;
}

void recon_result_free(struct recon_result *result) {
    free(result->findings);
    free(result->members);
    memset(result, 0, sizeof *result);
}
