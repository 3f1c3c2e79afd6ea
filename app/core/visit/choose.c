/* What is paid: the bills of a list, or an amount. */
#include "app/core/visit/parts.h"

#include <string.h>

#define BIT(i) (UINT64_C(1) << (i))
#define AMOUNT_DIGITS_MAX 8
#define AMOUNT_DECIMALS_MAX 2

void choose_begin(struct visit *visit) {
    enum service service = visit->session->service;

    if (service == SERVICE_BILLS) {
        session_ask(visit, VERB_BILLS, WAITING_BILLS);
        return;
    }
    if (service == SERVICE_REFUND || service == SERVICE_RECORDS) {
        records_begin(visit);
        return;
    }
    session_show(visit, SCREEN_AMOUNT);
    text_wipe(visit->session->typed, sizeof visit->session->typed);
    visit->session->choice.amount = (struct fen){0};
}

/* Why a bill cannot be chosen; NOTICE_NONE: it can. */
static enum notice bill_obstacle(const struct visit *visit, int i) {
    const struct bill *bill = &session_bills(visit->session)->bills[i];

    if (bill->amount.fen <= 0)
        return NOTICE_AMOUNT_ZERO;
    return book_bill_busy(visit->book, bill->org_trace_no) ? NOTICE_STILL_ASKING : NOTICE_NONE;
}

static uint64_t payable_bills(const struct visit *visit) {
    uint64_t bits = 0;

    for (int i = 0; i < session_bills(visit->session)->bill_count; i++)
        if (bill_obstacle(visit, i) == NOTICE_NONE)
            bits |= BIT(i);
    return bits;
}

bool choose_sum(const struct session *session, struct fen *out) {
    struct fen sum = {0};

    for (int i = 0; session_bills(session) != NULL && i < session_bills(session)->bill_count; i++)
        if ((session->choice.selected & BIT(i)) != 0 &&
            !money_add(sum, session_bills(session)->bills[i].amount, &sum))
            return false;
    *out = sum;
    return true;
}

/* Bills are told apart by org_trace_no: a list that gives one twice would be paid twice. */
static bool list_is_sound(const struct bill_list *bills) {
    for (int i = 0; i < bills->bill_count; i++) {
        if (bills->bills[i].org_trace_no[0] == '\0')
            return false;
        for (int j = 0; j < i; j++)
            if (strcmp(bills->bills[i].org_trace_no, bills->bills[j].org_trace_no) == 0)
                return false;
    }
    return true;
}

const struct bill_list *choose_list_of(const struct event_answer *answer) {
    const struct bill_list *bills = bill_list_of(answer);

    return bills != NULL && list_is_sound(bills) ? bills : NULL;
}

void choose_list(struct visit *visit, const struct bill_list *bills) {
    session_keep(visit->session, &bills->head);
    visit->session->choice.bill = 0;
    visit->session->choice.selected = payable_bills(visit);
}

/* Said at once: nothing to pay, or why some of it is not selected. */
static enum notice list_notice(const struct visit *visit) {
    const struct bill_list *bills = session_bills(visit->session);

    if (bills->bill_count == 0)
        return NOTICE_NO_BILLS;
    for (int i = 0; i < bills->bill_count; i++)
        if (book_bill_busy(visit->book, bills->bills[i].org_trace_no))
            return NOTICE_STILL_ASKING;
    return NOTICE_NONE;
}

void choose_answer(struct visit *visit, const struct event_answer *answer) {
    const struct bill_list *bills = choose_list_of(answer);

    if (bills == NULL) {
        enum notice notice = session_answer_notice(answer);
        session_refuse(visit, SCREEN_CONFIRM, notice != NOTICE_NONE ? notice : NOTICE_HIS_REFUSED);
        return;
    }
    choose_list(visit, bills);
    visit->session->choice.tip_seen = bills->tip[0] == '\0' || bills->bill_count == 0;
    session_refuse(visit, SCREEN_BILLS, list_notice(visit));
}

void turn_page(struct session *session, enum touch_kind way, int rows, int rows_a_page) {
    int last = rows > 0 ? (rows - 1) / rows_a_page : 0;

    if (way == TOUCH_MORE && session->page < last)
        session->page++;
    else if (way == TOUCH_LESS && session->page > 0)
        session->page--;
}

static void toggle_bill(struct visit *visit, int i) {
    struct session *session = visit->session;

    session->notice = bill_obstacle(visit, i);
    if (session->notice == NOTICE_NONE)
        session->choice.selected ^= BIT(i);
    else
        session->choice.selected &= ~BIT(i);
}

static void bills_pay(struct visit *visit) {
    struct session *session = visit->session;
    struct fen sum;

    if (!session->choice.tip_seen) {
        session->choice.tip_seen = true;
        session->since_mono_ms = visit->now.mono_ms; /* another thing to read: guarded anew */
    } else if (session_bills(session)->bill_count == 0)
        session->notice = NOTICE_NO_BILLS;
    else if (session->choice.selected == 0)
        session->notice = NOTICE_NO_SELECTION;
    else if (!choose_sum(session, &sum) || money_compare(sum, visit->setup->policy.order_max) > 0)
        session->notice = NOTICE_AMOUNT_MAX;
    else {
        session->choice.amount = sum;
        session_show(visit, SCREEN_CHANNEL);
    }
}

static void open_bill(struct visit *visit, int i) {
    session_show(visit, SCREEN_BILL);
    visit->session->choice.bill = i;
}

void bills_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;
    bool row = touch.n >= 1 && session_bills(session) != NULL &&
               touch.n <= session_bills(session)->bill_count;

    if (session_bills(session) == NULL)
        return;
    session->notice = NOTICE_NONE;
    switch (touch.kind) {
    case TOUCH_NEXT:
    case TOUCH_PAY:
        bills_pay(visit);
        break;
    case TOUCH_BILL:
        if (row)
            toggle_bill(visit, touch.n - 1);
        break;
    case TOUCH_DETAIL:
        if (row)
            open_bill(visit, touch.n - 1);
        break;
    case TOUCH_ALL:
        session->choice.selected =
            session->choice.selected == payable_bills(visit) ? 0 : payable_bills(visit);
        break;
    case TOUCH_MORE:
    case TOUCH_LESS:
        turn_page(session, touch.kind, session_bills(session)->bill_count, BILLS_A_PAGE);
        break;
    default:
        break;
    }
}

void bill_close(struct visit *visit) {
    session_show(visit, SCREEN_BILLS);
    visit->session->page = visit->session->choice.bill / BILLS_A_PAGE;
}

void bill_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    if (session_bills(session) == NULL)
        return;
    if (touch.kind == TOUCH_NEXT) {
        bill_close(visit);
        return;
    }
    turn_page(session, touch.kind, session_bills(session)->bills[session->choice.bill].line_count,
              BILL_LINES_A_PAGE);
}

/* Would "12.3" plus a key still be yuan? */
static bool key_fits(const char *typed, int key) {
    const char *dot = strchr(typed, '.');
    size_t length = strlen(typed);

    if (key == '.')
        return dot == NULL && length > 0;
    if (key < '0' || key > '9')
        return false;
    return dot != NULL ? strlen(dot + 1) < AMOUNT_DECIMALS_MAX : length < AMOUNT_DIGITS_MAX;
}

void amount_type_key(struct session *session, int key) {
    size_t length = strlen(session->typed);

    if (key == KEY_CLEAR)
        text_wipe(session->typed, sizeof session->typed);
    else if (key == KEY_DELETE && length > 0)
        session->typed[length - 1] = '\0';
    else if (key_fits(session->typed, key)) {
        if (key != '.' && strcmp(session->typed, "0") == 0)
            length = 0;
        session->typed[length] = (char)key;
        session->typed[length + 1] = '\0';
    }
}

void amount_type(struct session *session, struct fen amount) {
    char text[MONEY_TEXT_SIZE];

    money_format(amount, text);
    size_t length = strlen(text);
    if (strcmp(text + length - 3, ".00") == 0)
        text[length - 3] = '\0';
    text_copy(session->typed, sizeof session->typed, text);
}

static void type_preset(const struct visit *visit, int n) {
    struct fen presets[6];
    int count = offer_presets(visit_situation(visit), presets);

    if (n >= 1 && n <= count)
        amount_type(visit->session, presets[n - 1]);
}

struct fen amount_typed(const char *typed) {
    struct fen amount = {0};
    size_t length = strlen(typed);

    if (length > 0 && typed[length - 1] == '.')
        length--;
    if (money_parse(typed, length, &amount) != MONEY_OK)
        return (struct fen){0};
    return amount;
}

static void amount_pay(struct visit *visit) {
    struct session *session = visit->session;
    const struct account *account = session_account(session);
    enum notice notice =
        offer_deposit_obstacle(&visit->setup->policy, account, session->choice.amount);

    if (notice == NOTICE_NONE)
        session_show(visit, SCREEN_CHANNEL);
    else
        session->notice = notice;
}

void amount_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    if (session_account(session) == NULL)
        return;
    if (session->service == SERVICE_REFUND) {
        refund_amount_touch(visit, touch);
        return;
    }
    session->notice = NOTICE_NONE;
    if (touch.kind == TOUCH_KEY)
        amount_type_key(session, touch.n);
    else if (touch.kind == TOUCH_AMOUNT)
        type_preset(visit, touch.n);
    session->choice.amount = amount_typed(session->typed);
    if (touch.kind == TOUCH_NEXT || touch.kind == TOUCH_PAY)
        amount_pay(visit);
}
