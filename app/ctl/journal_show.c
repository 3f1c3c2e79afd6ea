/* Shows a whole order: its parts, its cases and its events. */
#include <stdio.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/config/terminal_rows.h"
#include "app/core/order/shares.h"
#include "app/ctl/journal_json.h"
#include "app/ctl/journal_open.h"
#include "app/ctl/say.h"

struct showing {
    enum language language;
    const struct order *order; /* of one that cannot be read only the number */
    const char *why;           /* it cannot; else NULL */
    bool evidence;             /* also what was asked and answered */
    cJSON *events, *cases;     /* --json only */
    struct fen decided[RESOLUTION_COUNT];
};

static bool add_decided(void *context, const struct journal_case *found) {
    struct showing *showing = context;
    showing->decided[found->how].fen += found->decided.fen;
    return true;
}

/* Of the money in cases: what people have moved by hand, or found where it belongs. */
static enum journal_result read_decided(struct journal *journal, struct showing *showing) {
    memset(showing->decided, 0, sizeof showing->decided);
    return journal_each_case(journal, showing->order->no, false, add_decided, showing);
}

static void show_decided(const struct showing *showing) {
    char text[SAY_MONEY_SIZE];
    for (int how = RESOLUTION_NONE + 1; how < RESOLUTION_COUNT; how++)
        if (showing->decided[how].fen != 0)
            printf("%s %s: %s\n", say_heading(showing->language, SAY_DECIDED),
                   say_resolution(showing->language, (enum resolution)how),
                   say_money(showing->decided[how], text));
}

static void add_decided_sums(const struct showing *showing, cJSON *tree) {
    cJSON *money = cJSON_GetObjectItemCaseSensitive(tree, "money");
    cJSON *decided = money ? cJSON_AddObjectToObject(money, "decided") : NULL;
    for (int how = RESOLUTION_NONE + 1; decided && how < RESOLUTION_COUNT; how++)
        json_amount(decided, resolution_name((enum resolution)how), showing->decided[how]);
}

static void show_sums(const struct showing *showing) {
    struct order_sums sums = order_sums(showing->order);
    const struct {
        enum say_word word;
        struct fen amount;
    } lines[] = {{SAY_PAID, sums.paid},
                 {SAY_CREDITED, sums.credited},
                 {SAY_RETURNED, sums.returned},
                 {SAY_IN_CASES, sums.in_cases}};
    char text[SAY_MONEY_SIZE];
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (i == 0 || lines[i].amount.fen != 0)
            printf("%s%s %s", i ? ", " : "", say_heading(showing->language, lines[i].word),
                   say_money(lines[i].amount, text));
    putchar('\n');
}

static void show_head(const struct showing *showing) {
    const struct order *order = showing->order;
    enum language language = showing->language;
    printf("%s %s  %s  %s", say_heading(language, SAY_ORDER), order->no,
           say_service(language, order->service), say_order_state(language, order_state(order)));
    if (order->caller_no[0] != '\0')
        printf("  %s %s", order->caller_no, order->caller_channel);
    putchar('\n');
    printf("%s %s\n", say_heading(language, SAY_PERSON), order->person.masked_name);
    show_sums(showing);
    show_decided(showing);
}

/* In an order with several payments: those that paid the claim. */
static void show_shares(const struct showing *showing, int claim) {
    const struct order *order = showing->order;
    char amount[SAY_MONEY_SIZE], returned[SAY_MONEY_SIZE];
    for (int i = 0; order->leg_count > 1 && i < order->share_count; i++) {
        const struct share *share = &order->shares[i];
        if (share->claim != claim)
            continue;
        printf("  %s %d  %s", say_heading(showing->language, SAY_PAYMENT), share->leg + 1,
               say_money(order_share_amount(order, i), amount));
        if (share->returned.fen != 0)
            printf("  %s %s", say_heading(showing->language, SAY_RETURNED),
                   say_money(share->returned, returned));
        putchar('\n');
    }
}

/* Who paid an insured payment, and which funds. */
static void show_split(enum language language, const struct leg *leg) {
    struct settlement_row rows[SETTLEMENT_ROWS_MAX];
    char fund[SAY_MONEY_SIZE], account[SAY_MONEY_SIZE], own[SAY_MONEY_SIZE];
    if (!route_traits(leg->route)->has_split ||
        leg->split.own.fen + leg->split.fund.fen + leg->split.account.fen == 0)
        return;
    printf("  %s %s  %s %s  %s %s\n", say_heading(language, SAY_FUNDS),
           say_money(leg->split.fund, fund), say_heading(language, SAY_ACCOUNT),
           say_money(leg->split.account, account), say_heading(language, SAY_OWN),
           say_money(leg->split.own, own));
    int count = settlement_rows(leg->settlement, rows);
    for (int i = 0; i < count; i++)
        if (rows[i].kind == SETTLEMENT_FUND)
            printf("    %s %s\n", rows[i].name, say_money(rows[i].amount, fund));
}

static void show_parts(const struct showing *showing) {
    const struct order *order = showing->order;
    enum language language = showing->language;
    char money[SAY_MONEY_SIZE];
    for (int i = 0; i < order->leg_count; i++) {
        const struct leg *leg = &order->legs[i];
        printf("%s %d  %s  %s  %s  %s %s\n", say_heading(language, SAY_PAYMENT), i + 1,
               say_money(order_leg_amount(order, i), money), say_channel(language, leg->channel),
               say_leg_state(language, leg->state), leg->no, leg->out_no);
        if (order_leg_differs(leg, leg->seen))
            printf("  %s %s\n", say_heading(language, SAY_SEEN), say_money(leg->seen, money));
        show_split(language, leg);
        if (leg->slip.voucher[0])
            printf("  %s  %s %s %s %s\n", leg->slip.card, leg->slip.terminal, leg->slip.batch,
                   leg->slip.voucher, leg->slip.date);
    }
    for (int i = 0; i < order->claim_count; i++) {
        const struct claim *claim = &order->claims[i];
        printf("%s %d  %s  %s  %s %s\n", say_heading(language, SAY_CREDIT), i + 1,
               say_money(claim->amount, money), say_claim_state(language, claim->state),
               claim->org_trace_no, claim->call_sn);
        if (claim->unproven)
            printf("  %s\n", say_heading(language, SAY_UNPROVEN));
        if (claim->taken_elsewhere)
            printf("  %s\n", say_heading(language, SAY_TAKEN_ELSEWHERE));
        show_shares(showing, i);
    }
    for (int i = 0; i < order->refund_count; i++) {
        const struct refund *refund = &order->refunds[i];
        printf("%s %d  %s  %s  %s %s\n", say_heading(language, SAY_REFUND), i + 1,
               say_money(refund->amount, money), say_refund_state(language, refund->state),
               refund->no, refund->out_no);
        if (refund->caller_no[0] != '\0')
            printf("  %s\n", refund->caller_no);
    }
}

static bool show_case(void *context, const struct journal_case *found) {
    struct showing *showing = context;
    char amount[SAY_MONEY_SIZE];
    if (showing->cases)
        cJSON_AddItemToArray(showing->cases, json_of_case(found));
    else
        printf("%s %s  %s  %s\n", say_heading(showing->language, SAY_CASE), found->case_no,
               say_heading(showing->language, found->resolved ? SAY_RESOLVED : SAY_OPEN),
               say_case_reason(showing->language, found->reason));
    if (!showing->cases && found->resolved)
        printf("  %s %s: %s  %s: %s\n", say_heading(showing->language, SAY_BY), found->resolved_by,
               say_resolution(showing->language, found->how), say_money(found->decided, amount),
               found->resolution);
    return true;
}

/* The part an event is about ("claim 0") in words with its amount; "" when it is about the whole
 * order. */
static void say_part(const struct showing *showing, const char *payload, char *out, size_t size) {
    const struct order *order = showing->order;
    char kind[16] = "", money[SAY_MONEY_SIZE];
    unsigned n = 0;
    out[0] = '\0';
    if (sscanf(payload, "{\"about\":\"%15[a-z] %3u", kind, &n) != 2)
        return;
    if (!strcmp(kind, "leg") && n < (unsigned)order->leg_count)
        snprintf(out, size, "%s %u %s", say_heading(showing->language, SAY_PAYMENT), n + 1,
                 say_money(order->legs[n].amount, money));
    else if (!strcmp(kind, "claim") && n < (unsigned)order->claim_count)
        snprintf(out, size, "%s %u %s", say_heading(showing->language, SAY_CREDIT), n + 1,
                 say_money(order->claims[n].amount, money));
    else if (!strcmp(kind, "refund") && n < (unsigned)order->refund_count)
        snprintf(out, size, "%s %u %s", say_heading(showing->language, SAY_REFUND), n + 1,
                 say_money(order->refunds[n].amount, money));
}

/* The outcome of a print is in the event's outbox row. */
static const char *say_print(const struct showing *showing, const char *payload) {
    cJSON *tree = cJSON_Parse(payload);
    const cJSON *row;
    const char *said = say_note(showing->language, note_name(NOTE_PRINTED));
    cJSON_ArrayForEach(row, tree) {
        const char *outcome =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(row, "outcome"));
        const cJSON *reprint = cJSON_GetObjectItemCaseSensitive(row, "reprint");
        if (outcome)
            said = say_printed(showing->language, outcome, reprint && reprint->valueint == 1);
    }
    cJSON_Delete(tree);
    return said;
}

static bool show_event(void *context, const struct journal_event *event) {
    struct showing *showing = context;
    char when[CLOCK_TEXT_SIZE], part[96];
    if (showing->events) {
        cJSON_AddItemToArray(showing->events, json_of_event(event));
        return true;
    }
    say_part(showing, event->payload, part, sizeof part);
    bool print = !strcmp(event->note, note_name(NOTE_PRINTED));
    printf("  %s  %s%s%s\n", clock_text(event->wall_ms, when),
           print ? say_print(showing, event->payload) : say_note(showing->language, event->note),
           part[0] ? "  " : "", part);
    if (showing->evidence && event->evidence[0])
        printf("    %s\n", event->evidence);
    return true;
}

static enum journal_result show_text(struct journal *journal, struct showing *showing) {
    enum journal_result result = read_decided(journal, showing);
    if (result != JOURNAL_OK)
        return result;
    if (showing->why) {
        printf("%s %s  %s: %s\n", say_heading(showing->language, SAY_ORDER), showing->order->no,
               say_heading(showing->language, SAY_UNREADABLE), showing->why);
    } else {
        show_head(showing);
        show_parts(showing);
    }
    result = journal_each_case(journal, showing->order->no, false, show_case, showing);
    printf("%s\n", say_heading(showing->language, SAY_HISTORY));
    return result == JOURNAL_OK
               ? journal_each_event(journal, showing->order->no, show_event, showing)
               : result;
}

/* Writes one line: the order with its events and cases. */
static enum journal_result make_tree(struct journal *journal, struct showing *showing,
                                     cJSON **out) {
    cJSON *tree = *out = showing->why ? json_of_unreadable(showing->order->no, showing->why)
                                      : json_of_order(showing->order);
    showing->events = cJSON_AddArrayToObject(tree, "events");
    showing->cases = cJSON_AddArrayToObject(tree, "cases");
    enum journal_result result = read_decided(journal, showing);
    add_decided_sums(showing, tree);
    if (result == JOURNAL_OK)
        result = journal_each_event(journal, showing->order->no, show_event, showing);
    if (result == JOURNAL_OK)
        result = journal_each_case(journal, showing->order->no, false, show_case, showing);
    return result;
}

static enum journal_result show_json(struct journal *journal, struct showing *showing) {
    cJSON *tree;
    enum journal_result result = make_tree(journal, showing, &tree);
    json_print_line(tree);
    return result;
}

/* What can still be shown of an order that cannot be read: its cases and its history. */
static void keep_only_number(struct order *order, const char *order_no) {
    char kept[ORDER_NO_SIZE]; /* `order_no` may be the order's */
    snprintf(kept, sizeof kept, "%s", order_no);
    memset(order, 0, sizeof *order);
    memcpy(order->no, kept, sizeof kept);
}

enum ctl_exit ctl_journal_show(struct ctl *ctl, int argc, char **argv) {
    static struct order order;
    struct journal *journal;
    bool evidence = argc == 4 && !strcmp(argv[3], "--evidence");
    if (argc != 3 && !evidence)
        return ctl_usage("journal");
    enum ctl_exit code = ctl_open_journal(ctl, &journal);
    if (code != CTL_OK)
        return code;
    struct showing showing = {
        .language = config_terminal(&ctl->config)->language, .order = &order, .evidence = evidence};
    enum journal_result result = journal_load_called(journal, argv[2], &order);
    char why[256];
    if (result == JOURNAL_CORRUPT) {
        keep_only_number(&order, order.no);
        snprintf(why, sizeof why, "%s", journal_error(journal));
        showing.why = why;
        result = JOURNAL_OK;
    }
    if (result == JOURNAL_OK)
        result = ctl->json ? show_json(journal, &showing) : show_text(journal, &showing);
    if (result != JOURNAL_OK)
        code = ctl_journal_failed(journal, result);
    journal_close(journal);
    return code;
}

/* An export uses two connections: one walks over the orders, one reads the history of each. */
struct export {
    struct journal *journal;
    bool cases_only;
    enum journal_result result;
    cJSON *held; /* until it is known whether another follows */
};

/* Each line says whether more follow: whoever reads them sees that some were cut off. */
static void print_held(struct export *export, bool more) {
    if (!export->held)
        return;
    cJSON_AddBoolToObject(export->held, "more", more);
    json_print_line(export->held);
    export->held = NULL;
}

static bool export_tree(struct export *export, struct showing *showing) {
    print_held(export, true);
    export->result = make_tree(export->journal, showing, &export->held);
    return export->result == JOURNAL_OK;
}

static bool export_order(void *context, const struct order *order) {
    struct export *export = context;
    if (export->cases_only && order_state(order) != ORDER_CASE)
        return true;
    struct showing showing = {.language = LANGUAGE_EN, .order = order, .evidence = true};
    return export_tree(export, &showing);
}

static bool export_unreadable_order(void *context, const char *order_no, const char *why) {
    static struct order order;
    struct export *export = context;
    keep_only_number(&order, order_no);
    struct showing showing = {
        .language = LANGUAGE_EN, .order = &order, .why = why, .evidence = true};
    return export_tree(export, &showing);
}

enum ctl_exit ctl_journal_export(struct ctl *ctl, bool cases_only) {
    struct export export = {.cases_only = cases_only, .result = JOURNAL_OK};
    struct journal *walker;
    enum ctl_exit code = ctl_open_journal(ctl, &walker);
    if (code != CTL_OK)
        return code;
    code = ctl_open_journal(ctl, &export.journal);
    if (code != CTL_OK) {
        journal_close(walker);
        return code;
    }
    journal_on_unreadable(walker, export_unreadable_order, &export);
    enum journal_result result = journal_each(walker, 0, 0, export_order, &export);
    if (result != JOURNAL_OK)
        code = ctl_journal_failed(walker, result);
    else if (export.result != JOURNAL_OK)
        code = ctl_journal_failed(export.journal, export.result);
    print_held(&export, code != CTL_OK);
    journal_close(export.journal);
    journal_close(walker);
    return code;
}
