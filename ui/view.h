/* What a screen shows, as plain data: made by the program for one frame, only read here. Strings
 * are UTF-8, live until the call returns, are already masked, and are "" where there is nothing to
 * say (never NULL). Words of ours are keys of assets/text; what came from the hospital is text. */
#ifndef HOPKIOSK_UI_VIEW_H
#define HOPKIOSK_UI_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/ids.h"
#include "ui/view_parts.h"

enum view_language { VIEW_ZH = 0, VIEW_EN };

#define VIEW_ROWS_MAX 64
#define VIEW_NOTICES_MAX 4

/* The cashier's window. */
struct view_desk {
    const char *cashier;
    int lamp_count;
    struct view_lamp lamps[VIEW_LAMPS_MAX];
    int waiting; /* calls behind the one on the screen */
    bool helps;
    bool can_choose, can_print;
    struct view_desk_way ways[VIEW_DESK_WAYS];
    bool insured;                       /* the patient's e-insurance code pays it as well */
    const char *escape_key, *enter_key; /* what they do; "" nothing. REFUND: what F7 does */
    const char *amount_key;             /* what amount_fen is */
    int64_t amount_fen;
    const char *way_key;
    const char *order_no, *caller_no, *called; /* when, hh:mm */
    const char *say_key;                       /* the sentence to tell the patient, or "" */
    int check_count;
    struct view_check checks[VIEW_CHECKS_MAX];
    int left_s, waited_s;
    bool unknown;
    bool can_ask; /* once more, now */
    /* What else of the patient is under way: words with how much, and since when; "" nothing. At
     * another machine: its number, or "". */
    const char *other_key, *other_at, *other_place;
    int64_t other_fen;
    /* CASH */
    const char *typed;
    int64_t change_fen;
    bool enough;
    int note_count;
    int64_t notes_fen[VIEW_NOTES_MAX];
    /* REFUND */
    const char *less_key; /* less goes back than asked_fen: words with both, or "" */
    int64_t asked_fen, most_fen;
    bool amount_changes; /* F11 makes it less */
    bool amount_asked;   /* ... it is typed now */
    int choice_count, chosen;
    struct view_desk_choice choices[VIEW_DESK_CHOICES];
    bool more_choices;
    int why;                 /* of its four reasons, from 1; 0 none yet */
    const char *missing_key; /* before F7 does anything; "" nothing */
    bool second;             /* a second person has to agree, or has */
    const char *second_key;  /* what is to be said of them, or "" */
    const char *agreed_by;   /* "" nobody yet */
    int pin_length;          /* as it is typed */
    /* RESULT */
    enum view_tone tone;
    const char *title_key, *text_key;
    const char *trace_no, *case_no, *time;
    const char *receipt_key; /* where its paper is, or "" */
    int leaves_s;            /* by itself; 0: not */
    /* IDLE */
    bool prints_row;        /* F6 prints the receipt of a row */
    const char *receipt_of; /* receipt_key is of this row: its time and name; "" of the shift */
    int row_count, page, page_count;
    struct view_desk_row rows[VIEW_DESK_ROWS];
    bool shift_asked, shift_ending; /* its cash is counted; its end is being written */
    const char *shift_began, *shift_by;
    int shift_calls;
    int64_t counted_fen;
    int64_t held_fen, handed_fen; /* in the drawer undecided; given back in cash */
    int64_t wallets_fen, cards_fen, cash_fen, drawer_fen, returned_fen;
    int wallets, cards, cash;
    int undecided;
    int64_t undecided_fen;
    struct view_patient patient;
};

struct view {
    enum screen screen;
    uint32_t revision;
    enum view_language language;
    const char *hospital_name;
    const char *terminal_no;
    const char *clock; /* 2026-11-20 11:24 */
    const char *phone; /* of whoever helps, or "" */
    struct view_mode mode;
    bool has_steps;
    struct view_step steps[VIEW_STEPS];
    bool identified; /* it is known whose money it is: said on every screen from here on */
    struct view_account account;
    const char *what_key; /* what is paid or given back: words with {a}, the number of bills */
    int what_count;
    bool can_back, can_home, can_help;
    const char *back_key; /* what the way back says */
    bool not_me;          /* HOME stands for "that is not me" */
    bool warning;         /* the idle warning covers the screen; EXTEND ends it */
    int warning_left_s;
    bool can_staff;          /* the staff may hold a finger on the hospital's name */
    bool typing;             /* STAFF: a page that takes keys, of.keypad instead of of.staff */
    const char *notice_key;  /* a sentence on this screen (an error or a hint), else "" */
    const char *notice_code; /* a code for the staff, else "" */
    int device_notice_count;
    const char *device_notice_keys[VIEW_NOTICES_MAX];

    struct touch focus; /* what Enter presses when the screen comes; NONE: nothing */

    union {
        struct view_desk desk; /* DESK_ */
        struct {
            bool identified; /* a card was shown already */
            bool direct;     /* a card leads on to bills without another touch */
            bool scanner, id_reader, card_reader;
            int count;
            struct view_service services[4];
        } welcome; /* WELCOME, SERVICE */
        struct {
            int service;
            bool scanner, id_reader, card_reader;
        } identify;
        struct {
            const char *title_key;
            const char *typed;
            bool masked;
            bool x; /* an X may be among the digits */
            int length_min, length_max;
            bool letters;
            bool board;           /* all letters, in place of the digits */
            const char *prefixes; /* the letters that numbers begin with here, each once */
        } keypad;
        struct {
            int service;
            bool hidden;      /* amounts, until it is known who stands there */
            bool asks_last4;  /* of the ID number, before going on */
            bool closed;      /* the service closed meanwhile: nobody goes on */
            int refund_count; /* > 0: the screen confirms these refunds */
            int64_t refund_fen;
            struct view_refund refunds[VIEW_REFUNDS_MAX]; /* the first of them */
        } confirm;
        struct {
            bool refund; /* what may go back; else what became of it */
            int page, page_count, first, count;
            struct view_payment rows[PAYMENTS_A_PAGE];
            bool more;           /* there are older ones */
            int64_t balance_fen; /* of the balance, that can go back here */
            bool at_once;        /* it came from several payments: one touch gives it all back */
        } records;
        struct {
            int count;
            int page; /* the last one where there are not so many */
            struct view_card cards[16];
        } cards;
        struct {
            const char *tip;
            int page, page_count; /* from 0 */
            int first;            /* index of rows[0] in the whole list */
            int count;
            struct view_bill rows[VIEW_ROWS_MAX];
            int total_count, selected_count;
            int records_service; /* where payments are looked up; 0: not now */
            bool all_selected;   /* of what can be paid at once */
            int64_t selected_fen;
            bool code_now; /* a phone's payment code may be held out here */
        } bills;
        struct {
            struct view_bill bill;
            int page, page_count, first, count;
            struct view_line rows[VIEW_ROWS_MAX];
        } bill;
        struct {
            const char *title_key, *cap_key;
            const char *typed; /* as it is typed, its thousands grouped */
            int64_t amount_fen, cap_fen;
            int preset_count;
            int64_t presets_fen[6];
            const char *preset_keys[6]; /* what each is, {a} its sum; NULL: the sum says it */
        } amount;
        struct {
            int64_t amount_fen;
            int count;
            struct view_channel channels[6];
            int service;
        } channel;
        struct {
            int64_t amount_fen;
            const char *link;
            int channel;
            int left_s, whole_s;
            const char *order_no;
            struct view_split split;
            struct view_insured insured;
            bool other_way; /* without the insurance */
            bool own_part;  /* ... which has paid its part already */
        } pay_qr;
        struct {
            struct view_split split;
            struct view_insured insured;
            int page, page_count, first, count;
            struct view_insured_line rows[VIEW_ROWS_MAX];
        } insurance;
        struct {
            int64_t amount_fen;
            struct view_split split;
            int count;
            struct view_channel channels[6];
            int left_s, whole_s;
            const char *order_no;
        } own_part;
        struct {
            int64_t amount_fen;
            struct view_split split; /* where the insurance has told it to us as well */
            const char *phone;       /* masked */
            bool unsure;             /* whether the message has arrived */
            int left_s, whole_s;
            const char *order_no;
        } pushed;
        struct {
            int64_t amount_fen;
            int left_s, whole_s;
            const char *order_no;
            bool card; /* at the pinpad; left_s and whole_s are 0 once the card is in */
            enum pinpad_step step;
            bool can_cancel;
            bool counting; /* the phone's code is here, and pays when the time is over */
            const char *progress_key;
            const char *time_key; /* beside what is left of the time */
        } pay_code;
        struct {
            const char *title_key, *text_key;
            int64_t amount_fen;
            bool has_amount;
            const char *channel_key;
            const char *order_no;
            bool warns; /* the text says what not to do meanwhile */
            int waited_s;
            bool can_cancel;
            int check_count; /* 0: something is only looked up */
            struct view_check checks[VIEW_CHECKS_MAX];
        } waiting;
        struct {
            enum view_tone tone;
            const char *title_key, *text_key;
            const char *amount_key; /* what amount_fen is */
            int64_t amount_fen;
            int64_t returned_fen;
            bool has_returned;
            struct view_split split;
            int settlement_count;
            struct view_settlement settlement[VIEW_SETTLEMENT_MAX];
            const char *order_no, *case_no, *time;
            const char *channel_key;
            int check_count;
            struct view_check checks[VIEW_CHECKS_MAX];
            int page; /* of the advice: the last one where there are not so many */
            int guide_count;
            struct view_guide guides[24];
            const char *next_step;
            const char *receipt_key; /* receipt.printing ... */
            bool paper;              /* it comes out, or has */
            bool can_print;
            bool again; /* nothing was paid: `again_fen` can be paid now */
            int64_t again_fen;
            bool next; /* another bill was chosen: `next_fen` can be paid now */
            int64_t next_fen;
            const char *photo_code; /* QR code to photograph or to show, else "" */
            const char *photo_key;  /* what it is for */
        } result;
        struct {
            enum screen about;
            bool card;   /* of PAY_CODE: at the pinpad */
            bool called; /* the staff were called */
            const char *phone;
        } help;
        struct {
            const char *reason_key;
            const char *code;
        } out_of_service;
        struct {
            bool card, id_card, receipt; /* still to be taken */
        } take;
        struct {
            const char *title_key;
            const char *text_key; /* a sentence instead of rows, else "" */
            int page, page_count;
            int row_count;
            struct view_staff_row rows[STAFF_ROWS_A_PAGE];
            int line_count;
            struct {
                const char *key, *text;
            } lines[STAFF_LINES_A_PAGE];
            const char *next_key; /* the primary action, else "" */
        } staff;
    } of;
};

#endif
