/* Credits that the hospital shows as settled, and that nothing has proved to be ours yet. */
#include <stdio.h>

#include "app/base/clock.h"
#include "app/config/terminal_rows.h"
#include "app/ctl/cases_unproven.h"
#include "app/ctl/journal_json.h"
#include "app/ctl/journal_open.h"
#include "app/ctl/say.h"

struct unproven {
    bool json;
    int count;
};

static void list_claim(const struct unproven *listing, const struct order *order, int claim) {
    const struct claim *of = &order->claims[claim];
    char when[CLOCK_TEXT_SIZE], amount[MONEY_TEXT_SIZE];
    if (listing->json)
        json_print_line(json_of_unproven(order, claim));
    else
        printf("%s  %s  %s  %s  %s\n", order->no, clock_text(of->sent_ms, when),
               money_format(of->amount, amount), of->org_trace_no,
               of->call_sn[0] != '\0' ? of->call_sn : "-");
}

static bool list_unproven_order(void *context, const struct order *order) {
    struct unproven *listing = context;
    for (int i = 0; i < order->claim_count; i++) {
        if (order->claims[i].state != CLAIM_DONE || !order->claims[i].unproven)
            continue;
        listing->count++;
        list_claim(listing, order, i);
    }
    return true;
}

/* Its case tells of it. */
static bool pass_unreadable_order(void *context, const char *order_no, const char *why) {
    (void)context, (void)order_no, (void)why;
    return true;
}

enum ctl_exit ctl_cases_unproven(struct ctl *ctl) {
    struct journal *journal;
    enum ctl_exit code = ctl_open_journal(ctl, &journal);
    if (code != CTL_OK)
        return code;
    struct unproven listing = {ctl->json, 0};
    journal_on_unreadable(journal, pass_unreadable_order, NULL);
    enum journal_result result = journal_each_open(journal, list_unproven_order, &listing);
    if (result != JOURNAL_OK)
        code = ctl_journal_failed(journal, result);
    else if (listing.count == 0 && !ctl->json)
        puts(say_heading(config_terminal(&ctl->config)->language, SAY_NOTHING));
    journal_close(journal);
    return code;
}
