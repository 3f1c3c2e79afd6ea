/* From the core to a view: masks, pages, formats. Pure; draws nothing, decides nothing. */
#ifndef HOPKIOSK_PRESENT_PRESENT_H
#define HOPKIOSK_PRESENT_PRESENT_H

#include "app/base/clock.h"
#include "app/core/core.h"
#include "app/core/order/payments.h"
#include "ui/view.h"

/* What a view says of the hospital and its terminal; the strings live as long as the view. NULL is
 * "". */
struct present_site {
    const char *hospital_name, *terminal_no;
    const char *phone;                    /* shown on help */
    const char *cashier;                  /* at a desk: who sits there */
    enum channel channels[CHANNEL_COUNT]; /* in the order shown */
    int channel_count;
};

/* The texts of one view that exist nowhere else. Lives as long as the view. */
#define AGE_SIZE 4
struct present_store {
    char clock[CLOCK_TEXT_SIZE], time[CLOCK_TEXT_SIZE];
    char name[PERSON_NAME_SIZE], id_no[TRACE_NO_SIZE], card_no[TRACE_NO_SIZE];
    char age[AGE_SIZE];
    char cards[CARDS_MAX][TRACE_NO_SIZE];
    char built[CARDS_MAX][CLOCK_TEXT_SIZE], begun[BILLS_A_PAGE][CLOCK_TEXT_SIZE],
        since[BILLS_A_PAGE][CLOCK_TEXT_SIZE];
    char typed[TYPED_SIZE];
    char order_no[ORDER_NO_SIZE];
    char photo[96];
    char payment_times[PAYMENTS_A_PAGE][CLOCK_TEXT_SIZE];
    char payment_days[PAYMENTS_A_PAGE][CLOCK_TEXT_SIZE];
    char paid_time[CLOCK_TEXT_SIZE];
    char prefixes[CODE_RULES_MAX + 1];
    char payment_words[PAYMENTS_A_PAGE][MONEY_TEXT_SIZE + 8];
    char clock_off[24];
    char reconciled[96];
    char desk_times[VIEW_DESK_ROWS][CLOCK_TEXT_SIZE];
    char desk_other[CLOCK_TEXT_SIZE], desk_called[CLOCK_TEXT_SIZE], shift_began[CLOCK_TEXT_SIZE];
    char desk_receipt[CLOCK_TEXT_SIZE + CALLER_NO_SIZE + PERSON_NAME_SIZE];
    char staff_heads[STAFF_ROWS_A_PAGE][PERSON_NAME_SIZE + 48];
    struct payment payment_rows[PAYMENTS_A_PAGE];
    char phone[PHONE_SIZE];
    struct settlement_row settlement[SETTLEMENT_ROWS_MAX];
};

void present_view(const struct core *core, const struct present_site *site, struct now now,
                  struct present_store *store, struct view *out);

#endif
