#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/config/terminal_rows.h"
#include "app/core/order/shares.h"
#include "app/ctl/journal_json.h"
#include "app/ctl/journal_open.h"
#include "app/ctl/say.h"

#define LIST_DEFAULT 50

enum ctl_exit ctl_open_journal(struct ctl *ctl, struct journal **out) {
    const struct config *config = ctl_config(ctl);
    if (!config)
        return CTL_REFUSED;
    struct journal_options options = {.path = settings_of(config)->journal_path, .read_only = true};
    enum journal_result result = journal_open(&options, out);
    if (result == JOURNAL_OK)
        return CTL_OK;
    return ctl_say(CTL_FAILED, "%s: %s", options.path, journal_result_text(result));
}

struct journal_options ctl_journal_options(const struct config *config, const char *by) {
    return (struct journal_options){.path = settings_of(config)->journal_path,
                                    .terminal_id = config_terminal(config)->id,
                                    .begun_by = by};
}

enum ctl_exit ctl_journal_failed(const struct journal *journal, enum journal_result result) {
    return ctl_say(CTL_FAILED, "%s: %s", journal_result_text(result), journal_error(journal));
}

struct listing {
    enum language language;
    bool json;
    int count;
};

static bool list_order(void *context, const struct order *order) {
    struct listing *listing = context;
    char when[CLOCK_TEXT_SIZE], paid[SAY_MONEY_SIZE];
    listing->count++;
    if (listing->json) {
        json_print_line(json_of_order(order));
        return true;
    }
    printf("%s  %s  %12s  %s  %s  %s\n", order->no, clock_text(order->created_ms, when),
           say_money(order_amount(order), paid), say_service(listing->language, order->service),
           order->person.masked_name, say_order_state(listing->language, order_state(order)));
    return true;
}

static bool list_unreadable_order(void *context, const char *order_no, const char *why) {
    struct listing *listing = context;
    listing->count++;
    if (listing->json)
        json_print_line(json_of_unreadable(order_no, why));
    else
        printf("%s  %s: %s\n", order_no, say_heading(listing->language, SAY_UNREADABLE), why);
    return true;
}

/* "2026-11-20" -> its first millisecond. */
static bool parse_day(const char *text, int64_t *out) {
    char whole[CLOCK_TEXT_SIZE];
    if (strlen(text) != 10)
        return false;
    snprintf(whole, sizeof whole, "%.10s 00:00:00", text);
    return clock_parse(whole, out);
}

static bool parse_limit(const char *text, int *out) {
    char *end;
    long limit = strtol(text, &end, 10);
    if (*end || end == text || limit < 1 || limit > 1000000)
        return false;
    *out = (int)limit;
    return true;
}

static enum ctl_exit list_orders(struct ctl *ctl, int argc, char **argv) {
    int64_t since_ms = 0;
    int limit = LIST_DEFAULT;
    for (int i = 2; i < argc; i += 2) {
        bool since = !strcmp(argv[i], "--since"), good = i + 1 < argc;
        if (!since && strcmp(argv[i], "--limit") != 0)
            return ctl_usage("journal");
        good =
            good && (since ? parse_day(argv[i + 1], &since_ms) : parse_limit(argv[i + 1], &limit));
        if (!good)
            return ctl_say(CTL_REFUSED, "%s: expected %s", argv[i],
                           since ? "a day, yyyy-MM-dd" : "a number from 1");
    }
    struct journal *journal;
    enum ctl_exit code = ctl_open_journal(ctl, &journal);
    if (code != CTL_OK)
        return code;
    struct listing listing = {config_terminal(&ctl->config)->language, ctl->json, 0};
    journal_on_unreadable(journal, list_unreadable_order, &listing);
    enum journal_result result = journal_each(journal, since_ms, limit, list_order, &listing);
    if (result != JOURNAL_OK)
        code = ctl_journal_failed(journal, result);
    else if (listing.count == 0 && !ctl->json)
        puts(say_heading(listing.language, SAY_NOTHING));
    journal_close(journal);
    return code;
}

static void write_journal_line(FILE *out, cJSON *tree) {
    char *text = cJSON_PrintUnformatted(tree);
    if (text)
        fprintf(out, "%s\n", text);
    free(text);
    cJSON_Delete(tree);
}

/* Two connections: one walks over the orders, one reads the cases of each. */
struct writing {
    struct journal *journal;
    FILE *out;
    enum journal_result result;
};

static bool add_case(void *context, const struct journal_case *found) {
    cJSON_AddItemToArray(context, json_of_case(found));
    return true;
}

/* With what was decided by hand: without it nobody can tell what became of a part in a case. */
static bool write_order(void *context, const struct order *order) {
    struct writing *writing = context;
    cJSON *tree = json_of_order(order);
    if (order_sums(order).in_cases.fen != 0)
        writing->result = journal_each_case(writing->journal, order->no, false, add_case,
                                            cJSON_AddArrayToObject(tree, "cases"));
    write_journal_line(writing->out, tree);
    return writing->result == JOURNAL_OK;
}

static bool write_unreadable(void *context, const char *order_no, const char *why) {
    const struct writing *writing = context;
    write_journal_line(writing->out, json_of_unreadable(order_no, why));
    return true;
}

static enum ctl_exit write_orders(struct journal *walker, struct writing *writing) {
    journal_on_unreadable(walker, write_unreadable, writing);
    enum journal_result result = journal_each(walker, 0, 0, write_order, writing);
    if (result != JOURNAL_OK)
        return ctl_journal_failed(walker, result);
    return writing->result == JOURNAL_OK ? CTL_OK
                                         : ctl_journal_failed(writing->journal, writing->result);
}

enum ctl_exit ctl_journal_write(struct ctl *ctl, FILE *out) {
    struct writing writing = {NULL, out, JOURNAL_OK};
    struct journal *walker;
    enum ctl_exit code = ctl_open_journal(ctl, &walker);
    if (code != CTL_OK)
        return code;
    code = ctl_open_journal(ctl, &writing.journal);
    if (code == CTL_OK) {
        code = write_orders(walker, &writing);
        journal_close(writing.journal);
    }
    journal_close(walker);
    return code;
}

/* Nobody should take for proven what the chain does not tell of. */
static void say_untold_shifts(const struct journal_finding *finding) {
    if (finding->untold_shifts > 0)
        printf("not proven: %d ended shifts that no event tells of (they ended before the first"
               " order, or under an older version)\n",
               (int)finding->untold_shifts);
    if (finding->open_shifts > 0)
        printf("not proven: the shift under way, which is told of when it ends\n");
}

static enum ctl_exit run_verify(struct ctl *ctl) {
    struct journal_finding finding;
    struct journal *journal;
    enum ctl_exit code = ctl_open_journal(ctl, &journal);
    if (code != CTL_OK)
        return code;
    enum journal_result result = journal_verify(journal, &finding);
    if (result != JOURNAL_OK) {
        code = ctl_journal_failed(journal, result);
        journal_close(journal);
        return code;
    }
    journal_close(journal);
    if (ctl->json) {
        cJSON *tree = cJSON_CreateObject();
        cJSON_AddBoolToObject(tree, "good", finding.good);
        cJSON_AddNumberToObject(tree, "events", (int)finding.events);
        cJSON_AddNumberToObject(tree, "orders", (int)finding.orders);
        cJSON_AddNumberToObject(tree, "untold_shifts", (int)finding.untold_shifts);
        cJSON_AddNumberToObject(tree, "open_shifts", (int)finding.open_shifts);
        cJSON_AddStringToObject(tree, "finding", finding.text);
        json_print_line(tree);
    } else if (finding.good) {
        printf("%d events, %d orders: all proven\n", (int)finding.events, (int)finding.orders);
        say_untold_shifts(&finding);
    } else {
        printf("NOT PROVEN: %s\n", finding.text);
    }
    return finding.good ? CTL_OK : CTL_DIFFERENCES;
}

/* Of a desk: when each shift began and ended, its cash, what was counted. */
static bool print_shift(void *context, const struct journal_shift *shift) {
    const struct ctl *ctl = context;
    cJSON *tree = json_of_shift(shift);
    if (ctl->json) {
        json_print_line(tree);
        return true;
    }
    char *text = cJSON_PrintUnformatted(tree);
    printf("%s\n", text);
    free(text);
    cJSON_Delete(tree);
    return true;
}

static enum ctl_exit list_shifts(struct ctl *ctl) {
    struct journal *journal;
    enum ctl_exit code = ctl_open_journal(ctl, &journal);
    if (code != CTL_OK)
        return code;
    enum journal_result result = journal_each_shift(journal, print_shift, ctl);
    if (result != JOURNAL_OK)
        code = ctl_journal_failed(journal, result);
    journal_close(journal);
    return code;
}

enum ctl_exit ctl_journal(struct ctl *ctl, int argc, char **argv) {
    const char *what = argc > 1 ? argv[1] : "";
    if (!strcmp(what, "list"))
        return list_orders(ctl, argc, argv);
    if (!strcmp(what, "show"))
        return ctl_journal_show(ctl, argc, argv);
    if (!strcmp(what, "verify") && argc == 2)
        return run_verify(ctl);
    if (!strcmp(what, "shifts") && argc == 2)
        return list_shifts(ctl);
    if (!strcmp(what, "init"))
        return ctl_journal_init(ctl, argc, argv);
    if (!strcmp(what, "export") && argc == 2)
        return ctl_journal_export(ctl, false);
    if (!strcmp(what, "backup"))
        return ctl_journal_backup(ctl, argc, argv);
    if (!strcmp(what, "restore"))
        return ctl_journal_restore(ctl, argc, argv);
    return ctl_usage("journal");
}
