#include "app/core/visit/screens.h"

#define EVENT(kind) (1u << EVENT_##kind)
#define TOUCH(kind) (1u << TOUCH_##kind)

/* Everywhere: the language, help, and the way out. */
#define ALWAYS (TOUCH(LANG) | TOUCH(HELP) | TOUCH(HOME) | TOUCH(EXTEND))
#define AROUND (EVENT(TICK) | EVENT(TOUCH) | EVENT(TEXT) | EVENT(DEVICE) | EVENT(CONTROL))

#define CODES (EVENT(SCAN) | EVENT(CARD))
#define ORDER (EVENT(ANSWER) | EVENT(DURABLE) | EVENT(PERSIST_FAILED))

/* `back` and `timeout` are where the way leads at first sight: CHANNEL goes back to what is paid,
 * HELP to where it was asked, RESULT back only from what was looked up, and a payment that runs out
 * of time waits for its close. */
static const struct screen_rule rules[SCREEN_COUNT] = {
    [SCREEN_WELCOME] = {SCREEN_WELCOME, AROUND | CODES,
                        ALWAYS | TOUCH(NEXT) | TOUCH(SERVICE) | TOUCH(STAFF), SCREEN_WELCOME,
                        SCREEN_WELCOME, 0, 0, ARM_IDENTIFY},
    [SCREEN_SERVICE] = {SCREEN_SERVICE, AROUND | CODES, ALWAYS | TOUCH(BACK) | TOUCH(SERVICE),
                        SCREEN_WELCOME, SCREEN_WELCOME, 0, 0, ARM_IDENTIFY},
    [SCREEN_IDENTIFY] = {SCREEN_IDENTIFY, AROUND | CODES, ALWAYS | TOUCH(BACK) | TOUCH(NEXT),
                         SCREEN_SERVICE, SCREEN_WELCOME, 1, 0, ARM_IDENTIFY},
    [SCREEN_KEYPAD] = {SCREEN_KEYPAD, AROUND | CODES,
                       ALWAYS | TOUCH(BACK) | TOUCH(NEXT) | TOUCH(KEY), SCREEN_IDENTIFY,
                       SCREEN_WELCOME, 1, 0, ARM_IDENTIFY},
    [SCREEN_CONFIRM] = {SCREEN_CONFIRM, AROUND, ALWAYS | TOUCH(BACK) | TOUCH(NEXT) | TOUCH(PAY),
                        SCREEN_IDENTIFY, SCREEN_WELCOME, 1, TOUCH(PAY), ARM_NONE},
    [SCREEN_CARDS] = {SCREEN_CARDS, AROUND, ALWAYS | TOUCH(BACK) | TOUCH(CARD), SCREEN_IDENTIFY,
                      SCREEN_WELCOME, 1, 0, ARM_NONE},
    [SCREEN_BILLS] = {SCREEN_BILLS, AROUND,
                      ALWAYS | TOUCH(BACK) | TOUCH(NEXT) | TOUCH(PAY) | TOUCH(ALL) | TOUCH(MORE) |
                          TOUCH(LESS) | TOUCH(BILL) | TOUCH(DETAIL),
                      SCREEN_CONFIRM, SCREEN_WELCOME, 2, TOUCH(PAY), ARM_NONE},
    [SCREEN_BILL] = {SCREEN_BILL, AROUND,
                     ALWAYS | TOUCH(BACK) | TOUCH(NEXT) | TOUCH(MORE) | TOUCH(LESS), SCREEN_BILLS,
                     SCREEN_WELCOME, 2, 0, ARM_NONE},
    [SCREEN_AMOUNT] = {SCREEN_AMOUNT, AROUND,
                       ALWAYS | TOUCH(BACK) | TOUCH(NEXT) | TOUCH(PAY) | TOUCH(KEY) | TOUCH(AMOUNT),
                       SCREEN_CONFIRM, SCREEN_WELCOME, 2, TOUCH(PAY), ARM_NONE},
    [SCREEN_CHANNEL] = {SCREEN_CHANNEL, AROUND, ALWAYS | TOUCH(BACK) | TOUCH(CHANNEL), SCREEN_BILLS,
                        SCREEN_WELCOME, 3, TOUCH(CHANNEL), ARM_NONE},
    [SCREEN_PAY_QR] = {SCREEN_PAY_QR, AROUND | ORDER, ALWAYS | TOUCH(CANCEL), SCREEN_PAY_QR,
                       SCREEN_WAITING, 3, TOUCH(CANCEL), ARM_NONE},
    [SCREEN_PAY_CODE] = {SCREEN_PAY_CODE, AROUND | ORDER | EVENT(PROGRESS) | EVENT(SCAN),
                         ALWAYS | TOUCH(BACK) | TOUCH(CANCEL), SCREEN_CHANNEL, SCREEN_WELCOME, 3,
                         TOUCH(CANCEL), ARM_PAY_CODE},
    [SCREEN_WAITING] = {SCREEN_WAITING, AROUND | ORDER, ALWAYS | TOUCH(CANCEL), SCREEN_WAITING,
                        SCREEN_RESULT, 3, TOUCH(CANCEL), ARM_NONE},
    [SCREEN_RESULT] = {SCREEN_RESULT, AROUND | ORDER | EVENT(PRINTED),
                       ALWAYS | TOUCH(BACK) | TOUCH(NEXT) | TOUCH(PRINT) | TOUCH(MORE) |
                           TOUCH(LESS),
                       SCREEN_RECORDS, SCREEN_WELCOME, 4, 0, ARM_NONE},
    [SCREEN_RECORDS] = {SCREEN_RECORDS, AROUND | ORDER,
                        ALWAYS | TOUCH(BACK) | TOUCH(ALL) | TOUCH(MORE) | TOUCH(LESS) | TOUCH(BILL),
                        SCREEN_CONFIRM, SCREEN_WELCOME, 2, 0, ARM_NONE},
    [SCREEN_HELP] = {SCREEN_HELP, AROUND, ALWAYS | TOUCH(BACK) | TOUCH(NEXT), SCREEN_WELCOME,
                     SCREEN_WELCOME, 0, 0, ARM_NONE},
    [SCREEN_STAFF] = {SCREEN_STAFF, AROUND,
                      ALWAYS | TOUCH(BACK) | TOUCH(NEXT) | TOUCH(KEY) | TOUCH(MORE) | TOUCH(LESS) |
                          TOUCH(CASE) | TOUCH(PICK),
                      SCREEN_WELCOME, SCREEN_WELCOME, 0, 0, ARM_NONE},
    [SCREEN_OUT_OF_SERVICE] = {SCREEN_OUT_OF_SERVICE, AROUND, ALWAYS | TOUCH(STAFF),
                               SCREEN_OUT_OF_SERVICE, SCREEN_WELCOME, 0, 0, ARM_NONE},
};

const struct screen_rule *screen_rule(enum screen screen) {
    return &rules[screen];
}
