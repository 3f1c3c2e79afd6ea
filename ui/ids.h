/* What the program and the panel both name: screens and things to touch, by number and by name, and
 * how much a page holds. Plain data: shared by the core's table, the views and scripts. */
#ifndef HOPKIOSK_UI_IDS_H
#define HOPKIOSK_UI_IDS_H

#include <stdbool.h>
#include <stddef.h>

/* clang-format off */
#define SCREENS(X)                                                                                 \
    X(WELCOME, welcome) X(SERVICE, service) X(IDENTIFY, identify) X(KEYPAD, keypad)                \
    X(CONFIRM, confirm) X(CARDS, cards) X(BILLS, bills) X(BILL, bill) X(AMOUNT, amount)            \
    X(CHANNEL, channel) X(PAY_QR, pay_qr) X(INSURANCE, insurance)                                  \
    X(OWN_PART, own_part) X(PUSHED, pushed)                                                        \
    X(PAY_CODE, pay_code) X(WAITING, waiting)                                                                            \
    X(RESULT, result) X(RECORDS, records) X(HELP, help) X(STAFF, staff)                            \
    X(OUT_OF_SERVICE, out_of_service) X(TAKE, take)
/* Of a cashier's desk, whose window they are in: there is no visit. */
#define DESK_SCREENS(X)                                                                            \
    X(DESK_IDLE, desk_idle) X(DESK_PAY, desk_pay) X(DESK_CASH, desk_cash) X(DESK_WAIT, desk_wait)  \
    X(DESK_RESULT, desk_result) X(DESK_REFUND, desk_refund)
/* clang-format on */

enum screen {
#define X(upper, lower) SCREEN_##upper,
    SCREENS(X)
    /* Those of a visit; the desk's follow. */
    SCREEN_COUNT,
    SCREEN_BEFORE_DESK = SCREEN_COUNT - 1,
    DESK_SCREENS(X)
#undef X
        SCREEN_END
};
static inline bool screen_is_desk(enum screen screen) {
    return screen >= SCREEN_COUNT;
}

/* KEY carries a character; BILL, CARD, AMOUNT, DETAIL, CASE and PICK count from 1; CHANNEL and
 * SERVICE carry the core's enum value. STAFF is where the staff hold a finger. LARGER, LOW and DARK
 * turn elder mode, low-reach mode and high contrast on and off. AGAIN asks or pays again, CALL
 * calls the staff, REPEAT says the screen once more. FUNCTION is a key of the desk: F1 is 1; F6 at
 * its list is REPRINT, of a row. */
/* clang-format off */
#define TOUCHES(X)                                                                                 \
    X(NONE, none) X(BACK, back) X(HOME, home) X(HELP, help) X(LANG, lang) X(NEXT, next)            \
    X(PAY, pay) X(CANCEL, cancel) X(EXTEND, extend) X(PRINT, print) X(ALL, all) X(MORE, more)      \
    X(LESS, less) X(STAFF, staff) X(BILL, bill) X(DETAIL, detail) X(CARD, card)                    \
    X(AMOUNT, amount) X(KEY, key) X(CHANNEL, channel) X(SERVICE, service) X(CASE, case)            \
    X(PICK, pick) X(LARGER, larger) X(LOW, low) X(DARK, dark) X(AGAIN, again) X(CALL, call)                \
    X(REPEAT, repeat) X(FUNCTION, function) X(REPRINT, reprint)
/* clang-format on */

enum touch_kind {
#define X(upper, lower) TOUCH_##upper,
    TOUCHES(X)
#undef X
        TOUCH_KIND_COUNT
};

struct touch {
    enum touch_kind kind;
    int n;
};

const char *screen_name(enum screen screen);
/* False and `out` untouched when there is no such screen. */
bool screen_parse(const char *name, enum screen *out);

#define TOUCH_NAME_SIZE 32
/* "bill.3", "key.7", "key.del", "channel.wechat", "next". Returns `out`. */
char *touch_name(struct touch touch, char out[TOUCH_NAME_SIZE]);
bool touch_parse(const char *name, struct touch *out);

/* What a patient comes for and how money is paid: the name in the program, and the word under which
 * touches, configuration and journal know it (never renamed). Numbers count from 1; 0 is none. */
/* clang-format off */
#define SERVICES(X) X(BILLS, bills) X(DEPOSIT, deposit) X(REFUND, refund) X(RECORDS, records)
#define CHANNELS(X)                                                                                \
    X(WECHAT, wechat) X(ALIPAY, alipay) X(UNIONPAY, unionpay) X(PHONE, phone) X(CARD, card)     \
    X(ONE, one) X(INSURANCE, insurance)
/* clang-format on */

/* Their words as the initializer of an array, "" of none. */
#define WORD_OF_ROW(upper, lower) #lower,
#define SERVICE_WORDS                                                                              \
    { "", SERVICES(WORD_OF_ROW) }
#define CHANNEL_WORDS                                                                              \
    { "", CHANNELS(WORD_OF_ROW) }

/* "" for a number outside the set. */
const char *channel_name(int channel);
const char *service_name(int service);

/* Rows a page holds: the program turns pages by these, the layout fits them on every panel. Larger
 * things are fewer. */
#define BILLS_A_PAGE 5
#define BILLS_A_WIDE_PAGE 4
#define BILL_LINES_A_PAGE 6
#define PAYMENTS_A_PAGE 4
#define STAFF_ROWS_A_PAGE 5
#define STAFF_LINES_A_PAGE 8
enum page_of { PAGE_BILLS = 0, PAGE_LINES, PAGE_PAYMENTS };
struct page_shape {
    bool wide; /* the panel lies */
    bool elder, low;
};
static inline int rows_a_page(enum page_of what, struct page_shape shape) {
    static const struct {
        int usual, wide, low, elder;
    } rows[] = {[PAGE_BILLS] = {BILLS_A_PAGE, BILLS_A_WIDE_PAGE, 4, 3},
                [PAGE_LINES] = {BILL_LINES_A_PAGE, BILL_LINES_A_PAGE, BILL_LINES_A_PAGE, 4},
                [PAGE_PAYMENTS] = {PAYMENTS_A_PAGE, PAYMENTS_A_PAGE, 3, 3}};

    if (shape.elder)
        return rows[what].elder;
    return shape.low ? rows[what].low : shape.wide ? rows[what].wide : rows[what].usual;
}

#define KEY_DELETE '\b'
#define KEY_CLEAR 0x18

#endif
