/* The pieces of which views are made: a step, a bill, a payment, a split, a call of today. Strings
 * as in view.h. */
#ifndef HOPKIOSK_UI_VIEW_PARTS_H
#define HOPKIOSK_UI_VIEW_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/ids.h"

/* How the patient wants it; the layout and the palette follow. */
struct view_mode {
    bool elder; /* type a step up, larger targets, fewer of them */
    bool low;   /* everything to touch where a seated hand reaches */
    bool dark;  /* bright on black */
};

/* One of the four steps of a payment: ticked only when it has happened. */
enum view_step_state { STEP_LATER = 0, STEP_NOW, STEP_DONE, STEP_ASKED, STEP_NOT };
struct view_step {
    enum view_step_state state;
    const char *key;
};
#define VIEW_STEPS 4

/* What is known of a payment, and what is still waited for, a line each. */
enum view_check_state { CHECK_LATER = 0, CHECK_NOW, CHECK_DONE, CHECK_NOT };
struct view_check {
    enum view_check_state state;
    const char *key;             /* words with {a} */
    const char *a;               /* what stands in them */
    const char *note_key, *note; /* below it: words with {a}, and what stands in them; or "" */
};
#define VIEW_CHECKS_MAX 3

struct view_service {
    int service; /* number of service_name() */
    bool enabled;
    const char *reason_key; /* why not, else "" */
};

struct view_account {
    const char *name;  /* 张*丰 */
    const char *id_no; /* first 6 last 4 */
    const char *card_no;
    const char *number_key, *number; /* what they were known by, and what kind of number it is */
    const char *ward, *bed;          /* inpatients */
    const char *age;                 /* in years; "" unknown */
    bool tells_more;                 /* the strip tells ward and bed, or the age */
    bool inpatient;
    bool has_balance;
    int64_t balance_fen;
};
static inline struct view_account view_nobody(void) {
    return (struct view_account){.name = "",
                                 .id_no = "",
                                 .card_no = "",
                                 .number_key = "who.card",
                                 .number = "",
                                 .ward = "",
                                 .bed = "",
                                 .age = ""};
}

struct view_card {
    const char *number, *type, *built;
    bool has_balance;
    int64_t balance_fen;
};

struct view_bill {
    const char *hold_key, *held_since; /* "": it can be chosen; else why not, and since when */
    const char *department, *doctor, *begun; /* begun: 2026-11-18 06:50, or the day alone */
    int64_t amount_fen;
    int line_count;
    bool selected;
};

struct view_line {
    const char *name, *spec, *price, *count, *unit;
    int64_t amount_fen;
};

struct view_channel {
    int channel; /* number of channel_name() */
    bool enabled;
    bool one_by_one; /* several bills, of which this way takes one after the other */
    const char *reason_key;
};

struct view_guide {
    bool drug;
    const char *title, *key, *value, *window, *queue, *waiting;
    int code; /* 0 none, 1 QR, 2 bar */
    const char *code_value;
};

/* What the pinpad does now. */
enum pinpad_step {
    PINPAD_STARTING = 0,
    PINPAD_INSERT,
    PINPAD_READING,
    PINPAD_PIN,
    PINPAD_BANK,
    PINPAD_REMOVE
};

/* How a result feels: colour and icon. */
enum view_tone { TONE_GOOD = 0, TONE_WAIT, TONE_RETURNED, TONE_WINDOW, TONE_NOT_PAID };

/* Where the money is; unknown: whether it has left the patient. */
enum view_place { PLACE_YOU = 0, PLACE_PLATFORM, PLACE_HOSPITAL, PLACE_UNKNOWN };

/* A payment of before: what became of it, or what may go back of it. */
struct view_payment {
    int service;
    const char *time;        /* 2026-11-20 11:24 */
    const char *channel_key; /* how it was paid, or "" */
    enum view_place place;
    bool off;              /* nothing of it can go back here: only to be read */
    const char *state_key; /* words with {a} and {b} ... */
    const char *state_a, *state_b;
    enum view_tone tone;
    int64_t amount_fen;
    const char *elsewhere; /* the other machine that took it, or NULL */
};

/* One of the refunds that are to be confirmed. */
struct view_refund {
    int service;
    const char *time, *channel_key;
    int64_t amount_fen;
};

/* Who pays what of an insured payment. */
struct view_split {
    bool insured;
    bool known; /* else it shows on the phone */
    int64_t total_fen, fund_fen, account_fen, own_fen;
};

/* What the lines of an insured bill come to in the insurance's eyes. */
struct view_insured {
    int line_count; /* 0: nothing is said of them */
    int outside_count;
    int64_t outside_fen;
};

/* One of them. */
struct view_insured_line {
    const char *name;
    const char *class_key; /* "": not said */
    int64_t amount_fen;
    int64_t outside_fen; /* of it, not paid for by the insurance */
    int share_percent;   /* of the rest the patient pays so much first; 0 none */
    const char *number;  /* of a line that nobody names; "" otherwise */
};

/* How an insured payment was settled, a row each. */
#define VIEW_SETTLEMENT_MAX 12
struct view_settlement {
    const char *key, *name; /* words of ours, or the fund's name */
    int64_t fen;
};

/* Refunds that CONFIRM names one by one. */
#define VIEW_REFUNDS_MAX 4

/* A row of the staff's pages: words of ours, then text; any may be "". */
struct view_staff_row {
    struct touch touch; /* TOUCH_NONE: only to be read */
    const char *head_key, *head;
    const char *line_key, *more_key, *line;
    bool has_amount;
    int64_t amount_fen;
};

/* What the display that is turned to the patient shows. */
enum view_patient_state {
    PATIENT_IDLE = 0,
    PATIENT_DUE,  /* before it is chosen how it is paid */
    PATIENT_CODE, /* the phone's code is to be held out */
    PATIENT_QR,
    PATIENT_CASH,
    PATIENT_CARD,   /* at the pinpad: what to do with the card now */
    PATIENT_ASKING, /* being confirmed: never beside a code to pay with */
    PATIENT_UNSURE, /* taken back; the insurance may have settled it all the same */
    PATIENT_PAID,
    PATIENT_NOT_PAID,
    PATIENT_CLOSED, /* the code is closed; nobody said yet that no money was taken */
    PATIENT_RETURNED,
    PATIENT_REFUND, /* about to be given back */
    PATIENT_REFUNDED,
    PATIENT_NOT_REFUNDED,
    PATIENT_WINDOW /* a person decides */
};
struct view_patient {
    enum view_patient_state state;
    bool cash;    /* it is handed over, and back, by hand */
    bool insured; /* QR: the insurance pays, of amount_fen the patient only the own part */
    int64_t amount_fen, received_fen, change_fen;
    const char *card_key, *card_text_key; /* CARD */
    const char *show; /* what window software wants read there, line breaks kept */
    const char *link;
    int left_s, whole_s;
};

struct view_lamp {
    const char *key;
    bool good;
};
struct view_desk_way {
    const char *reason_key; /* why not; "": it can be chosen */
};
/* A call of today. */
struct view_desk_row {
    const char *time, *name, *what_key, *way_key;
    enum view_tone tone;
    const char *state_key;
    const char *no;
    int64_t amount_fen, change_fen;
};
/* A payment that a refund may be of. */
struct view_desk_choice {
    const char *time, *what_key, *way_key;
    int64_t paid_fen, before_fen, left_fen;
    const char *reason_key; /* why nothing of it goes back; "": it can */
};
#define VIEW_DESK_CHOICES 8
#define VIEW_DESK_WHYS 4
#define VIEW_DESK_ROWS 12
#define VIEW_DESK_WAYS 5 /* F1 to F5 */
#define VIEW_LAMPS_MAX 7
#define VIEW_NOTES_MAX 4

#endif
