#include "ui/screens/screens.h"

static screen_draw *const screens[SCREEN_COUNT] = {
    [SCREEN_WELCOME] = screen_welcome,   [SCREEN_SERVICE] = screen_service,
    [SCREEN_IDENTIFY] = screen_identify, [SCREEN_KEYPAD] = screen_keypad,
    [SCREEN_CONFIRM] = screen_confirm,   [SCREEN_CARDS] = screen_cards,
    [SCREEN_BILLS] = screen_bills,       [SCREEN_BILL] = screen_bill,
    [SCREEN_AMOUNT] = screen_amount,     [SCREEN_CHANNEL] = screen_channel,
    [SCREEN_PAY_QR] = screen_pay_qr,     [SCREEN_PAY_CODE] = screen_pay_code,
    [SCREEN_WAITING] = screen_waiting,   [SCREEN_RESULT] = screen_result,
    [SCREEN_RECORDS] = screen_records,   [SCREEN_HELP] = screen_help,
    [SCREEN_STAFF] = screen_staff,       [SCREEN_OUT_OF_SERVICE] = screen_out_of_service,
    [SCREEN_TAKE] = screen_take,
};

void screens_draw(struct painter *painter, const struct view *view) {
    screens[view->screen](painter, view);
    if (view->warning)
        chrome_warning(painter, view);
}
