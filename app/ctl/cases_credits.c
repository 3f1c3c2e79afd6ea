#include "app/ctl/cases_credits.h"

#include <stdio.h>

#include "app/base/clock.h"
#include "app/config/terminal_rows.h"
#include "app/ctl/journal_json.h"
#include "app/ctl/journal_open.h"
#include "app/ctl/say.h"

struct credit_list {
    enum language language;
    bool json;
    bool (*belongs)(const struct claim *claim);
    int count;
    struct fen sum;
};

static bool is_unproven(const struct claim *claim) {
    return claim->state == CLAIM_DONE && claim->unproven;
}

static bool is_taken_elsewhere(const struct claim *claim) {
    return claim->state == CLAIM_DONE && claim->taken_elsewhere;
}

static void list_credit(const struct credit_list *list, const struct order *order, int claim) {
    const struct claim *of = &order->claims[claim];
    char when[CLOCK_TEXT_SIZE], amount[MONEY_TEXT_SIZE];
    if (list->json)
        json_print_line(json_of_listed_claim(order, claim));
    else
        printf("%s  %s  %s  %s  %s\n", order->no, clock_text(of->sent_ms, when),
               money_format(of->amount, amount), of->org_trace_no,
               of->call_sn[0] != '\0' ? of->call_sn : "-");
}

static bool list_credits_of_order(void *context, const struct order *order) {
    struct credit_list *list = context;
    for (int i = 0; i < order->claim_count; i++) {
        if (!list->belongs(&order->claims[i]))
            continue;
        list->count++;
        list->sum.fen += order->claims[i].amount.fen;
        list_credit(list, order, i);
    }
    return true;
}

/* Its case tells of it. */
static bool pass_unreadable_order(void *context, const char *order_no, const char *why) {
    (void)context, (void)order_no, (void)why;
    return true;
}

static void print_credit_sum(const struct credit_list *list) {
    char amount[MONEY_TEXT_SIZE];
    if (list->json)
        return;
    if (list->count == 0)
        puts(say_heading(list->language, SAY_NOTHING));
    else
        printf("%s  %d  %s\n", say_heading(list->language, SAY_SUM), list->count,
               money_format(list->sum, amount));
}

typedef enum journal_result
credits_walk(struct journal *journal, bool (*visit)(void *, const struct order *), void *context);

static enum ctl_exit list_credits(struct ctl *ctl, credits_walk *walk,
                                  bool (*belongs)(const struct claim *claim)) {
    struct journal *journal;
    enum ctl_exit code = ctl_open_journal(ctl, &journal);
    if (code != CTL_OK)
        return code;
    struct credit_list list = {
        .language = config_terminal(&ctl->config)->language, .json = ctl->json, .belongs = belongs};
    journal_on_unreadable(journal, pass_unreadable_order, NULL);
    enum journal_result result = walk(journal, list_credits_of_order, &list);
    if (result != JOURNAL_OK)
        code = ctl_journal_failed(journal, result);
    else
        print_credit_sum(&list);
    journal_close(journal);
    return code;
}

enum ctl_exit ctl_cases_unproven(struct ctl *ctl) {
    return list_credits(ctl, journal_each_open, is_unproven);
}

enum ctl_exit ctl_cases_taken_elsewhere(struct ctl *ctl) {
    return list_credits(ctl, journal_each_taken_elsewhere, is_taken_elsewhere);
}
