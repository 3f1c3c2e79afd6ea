/* The pure core: one session and up to 64 open orders. (state, event) -> (state, effects). */
#ifndef HOPKIOSK_CORE_CORE_H
#define HOPKIOSK_CORE_CORE_H

#include "app/core/order/order.h"
#include "app/core/visit/session.h"

#define ORDERS_MAX 64

struct device_state {
    enum device_word device;
    enum supply_word supply;
    enum media_word media;
};

/* How scanned or typed codes of a site look: which kind of identity a code is. */
#define CODE_RULES_MAX 16
struct code_rule {
    enum identity_kind kind;
    char prefix[16];
    uint8_t length_min, length_max;
    bool digits_only;
};

/* Given once; the strings live as long as the core. */
struct core_setup {
    struct policy policy;
    struct limits limits;
    enum language language;
    char terminal_no[5];
    int code_rule_count;
    struct code_rule code_rules[CODE_RULES_MAX];
    char last_no[ORDER_NO_SIZE]; /* the last durable order number, or "" */
    bool journal_ok;
    bool receipt_on_request; /* nothing is printed without being asked */
    bool has_staff_pin;      /* else there is no staff screen */
};

struct core {
    struct core_setup setup;
    struct session session;
    struct order orders[ORDERS_MAX];
    struct device_state devices[ROLE_COUNT];
    uint32_t next_number;
    bool out_of_service;           /* by control */
    int64_t journal_retry_mono_ms; /* a journal that failed is trusted with one more payment then;
                                      0 no */
    uint8_t staff_tries;           /* wrong PINs in a row */
    int64_t staff_pause_mono_ms;   /* after too many: not before then */
};

void core_init(struct core *core, const struct core_setup *setup, struct now now);
/* An open order or case from the journal, before the first event; false when no slot is free. `out`
 * is emptied first. */
bool core_restore(struct core *core, const struct order *order, struct now now,
                  struct effects *out);
/* One event. `out` is emptied first. */
void core_step(struct core *core, const struct event *event, struct effects *out);
/* When core_step wants a TICK, monotonic ms; INT64_MAX never. */
int64_t core_deadline(const struct core *core);

/* The slot of an open order, -1 none. */
int core_find_order(const struct core *core, const char *order_no);
/* Does `back` lead anywhere from here? */
bool core_can_go_back(const struct core *core);

/* Why a service or a channel is not to be had now; NOTICE_NONE: it is. */
enum notice core_service_obstacle(const struct core *core, enum service service, struct now now);
enum notice core_channel_obstacle(const struct core *core, enum channel channel);
bool core_role_ready(const struct core *core, enum device_role role);
/* Will going on from CONFIRM ask the last 4 of the ID number first? */
bool core_asks_last4(const struct core *core);
/* Ready, and with paper as far as it tells. */
bool core_printer_ready(const struct core *core);
/* The preset deposits that are not above the cap, as amount.1, amount.2 ...; how many. */
int core_presets(const struct core *core, struct fen out[6]);
/* The largest deposit of the account before us. */
struct fen core_deposit_cap(const struct core *core);
/* What may go back of an item of the visit's payments, as things stand now. */
struct refund_offer;
struct payment_item;
struct refund_offer core_refund_offer(const struct core *core, const struct payment_item *item,
                                      struct now now);
/* The item as the open order has it, where it is open. */
struct payment_item core_payment_item(const struct core *core, const struct payment_item *item);
/* The balance spread over the payments it came from; no step: nothing of it can go back here. */
void core_balance_plan(const struct core *core, struct now now, struct refund_plan *out);
/* Until the visit ends by itself, ms; the warning stands in the last limits.warn_ms of it
 * (at most half of it).
 * INT64_MAX: this screen does not end by itself. */
int64_t core_idle_left_ms(const struct core *core, struct now now);
/* So long a touch that moves money is still ignored on this screen; 0: it is heard. */
int64_t core_guard_left_ms(const struct core *core, struct touch touch, struct now now);
/* The phone's code that PLACE of this order needs; "" when the visit has none for it. */
const char *core_pay_code(const struct core *core, int slot);

#endif
