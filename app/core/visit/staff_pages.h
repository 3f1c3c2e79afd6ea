/* The pages behind the staff's PIN: cases with their evidence, devices, out of service, shutting
 * down. The shell reads cases and evidence as documents. */
#ifndef HOPKIOSK_CORE_VISIT_STAFF_PAGES_H
#define HOPKIOSK_CORE_VISIT_STAFF_PAGES_H

#include "app/core/order/order.h"
#include "app/core/terms/document.h"
#include "app/core/terms/setup.h"
#include "app/core/terms/terminal.h"

/* The pages of the screen STAFF. */
enum staff_page {
    STAFF_PIN = 0,
    STAFF_MENU,
    STAFF_CASES,
    STAFF_CASE,
    STAFF_REASON, /* how the case was settled, of a list */
    STAFF_NOTE,   /* the same in words, typed */
    STAFF_DEVICES,
    STAFF_KEYS, /* the keypad is tried out */
    STAFF_STOP,
    STAFF_PAGE_COUNT
};

/* True when the page takes keys. */
static inline bool staff_page_types(enum staff_page page) {
    return page == STAFF_PIN || page == STAFF_NOTE || page == STAFF_KEYS;
}

/* pick.N of the menu */
enum staff_item { STAFF_ITEM_CASES = 1, STAFF_ITEM_DEVICES, STAFF_ITEM_SERVICE, STAFF_ITEM_STOP };

/* Roles on the page of devices: the last, a keypad, only where the terminal has one. */
static inline int staff_device_rows(const struct terminal *terminal) {
    bool keypad = terminal->devices[ROLE_KEYPAD].device != DEVICE_UNKNOWN;

    return keypad ? ROLE_COUNT : ROLE_KEYPAD;
}

struct staff_case {
    char order_no[ORDER_NO_SIZE], case_no[ORDER_CASE_NO_SIZE];
    enum case_reason reason;
    int64_t opened_ms;
    struct fen amount; /* the order's sum in cases */
    char masked_name[PERSON_NAME_SIZE];
};

/* The open cases, oldest first. */
#define STAFF_CASES_MAX 64
struct staff_cases {
    struct document head;
    bool more; /* there are more than these */
    int count;
    struct staff_case rows[STAFF_CASES_MAX];
};

/* One case with everything that was asked and answered: lines of a key's words and a text. */
#define STAFF_LINES_MAX 2000
struct staff_line {
    char key[32];
    char text[128];
};
struct staff_file {
    struct document head;
    int line_count;
    struct staff_line lines[];
};

/* The staff's part of a session. */
#define STAFF_TEXT_SIZE 41
struct visit_staff {
    enum staff_page page;
    uint32_t request; /* number of the EFFECT_STAFF in flight; 0: none */
    uint8_t person;   /* whose PIN opened it, from 1 */
    struct staff_case chosen;
    enum resolution resolution;
    char note[STAFF_TEXT_SIZE];
};

/* A pause that an earlier start began goes on, but no longer than it may be, whatever the clock
 * says now. */
void staff_lock_begin(struct terminal *terminal, const struct core_setup *setup, struct now now);

#endif
