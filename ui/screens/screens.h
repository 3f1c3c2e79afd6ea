/* One function a screen: draws the view with the painter and leaves what can be touched. */
#ifndef HOPKIOSK_UI_SCREENS_H
#define HOPKIOSK_UI_SCREENS_H

#include "ui/chrome.h"

typedef void screen_draw(struct painter *painter, const struct view *view);

screen_draw screen_welcome, screen_service, screen_identify, screen_keypad, screen_confirm,
    screen_cards, screen_bills, screen_bill, screen_amount, screen_channel, screen_pay_qr,
    screen_pay_code, screen_waiting, screen_result, screen_records, screen_refund_confirm,
    screen_help, screen_staff, screen_out_of_service, screen_take;

/* A picture with two lines beside it, on a card: what to put somewhere, or to take from there. */
struct way {
    bool here, still; /* still: nothing is put anywhere */
    enum icon icon;
    const char *title_key, *text_key;
};
void way_draw(struct painter *painter, struct rect rect, const struct way *way);

/* A pinpad at work, in the largest square in the middle of `rect`. */
void pinpad_draw(struct painter *painter, struct rect rect, enum pinpad_step step);

/* advice.c: what the result screen says of where to go now. */
bool advice_given(const struct view *view);
void advice_draw(struct painter *painter, const struct view *view, struct rect area);

/* The screen of view->screen, and the idle warning over it. */
void screens_draw(struct painter *painter, const struct view *view);

#endif
