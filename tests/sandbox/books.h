/* The books: every row the platform and the hospital remember. One table of columns a kind serves
 * GET /control/books, --state FILE and its reading back. Rows never move: a pointer stays good
 * until the books are emptied. */
#ifndef SANDBOX_BOOKS_H
#define SANDBOX_BOOKS_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NO_SIZE 48     /* ids: at most 40 characters in any document */
#define IN_NO_SIZE 72  /* inPaymentNo: 64 */
#define LONG_SIZE 1040 /* 256 characters of UTF-8 */

enum payment_state { PAYMENT_WAITING = 0, PAYMENT_PAID, PAYMENT_DECLINED, PAYMENT_RETURNED };

struct payment {
    char payment_no[NO_SIZE], out_payment_no[NO_SIZE], in_payment_no[IN_NO_SIZE];
    char token[NO_SIZE];     /* of the phone page */
    char operation[NO_SIZE]; /* scanCode, barCode, faceCode */
    char biz_type[NO_SIZE], channel_product[NO_SIZE], district_id[136], source_type[NO_SIZE];
    char subject[264], biz_data[LONG_SIZE];
    char fingerprint[NO_SIZE]; /* of the whole request: a repeat must be the same */
    int state;
    int64_t fee_fen, returned_fen;
    int64_t placed_ms, expire_ms, paid_ms, closed_ms; /* 0: never */
    int64_t return_ms; /* late money waits for its return since then; 0: never */
    bool pays_late;    /* the phone pays once it is too late */
    bool his_has_it;   /* the platform asked (5.2) and may not return the money */
    bool forgotten;    /* the platform no longer answers for it; the money is still moved */
    /* Of onepay. */
    char trade_mode[NO_SIZE]; /* who was paid in the end */
    char card[NO_SIZE];       /* whose account */
    char purchases[400];      /* org_trace_no of its bills */
    char notify_url[264];
    int64_t consume_fen; /* what the bills cost: fee_fen is the patient's own part */
    bool asks_password;  /* the phone waits for its owner */
    int booked;          /* enum booked */
};

/* What the HIS did with a payment of onepay. */
enum booked { BOOKED_DONE = 0, BOOKED_REFUSED, BOOKED_UNKNOWN };

enum refund_state { REFUND_APPLIED = 0, REFUND_DONE, REFUND_FAILED, REFUND_EXCEPTION };

struct refund {
    char request_no[NO_SIZE], refund_no[NO_SIZE], out_refund_no[NO_SIZE], payment_no[NO_SIZE];
    char biz_data[LONG_SIZE], fingerprint[NO_SIZE], reason[136];
    char withdraw_mode[4], refund_type[20]; /* onepay */
    int state;
    int64_t fee_fen, asked_fen, made_ms;
    bool automatic; /* the platform's own return */
};

enum bill_state { BILL_UNSETTLED = 0, BILL_SETTLED, BILL_WINDOW };

struct bill {
    char org_trace_no[NO_SIZE], doc_trace_no[NO_SIZE], card[NO_SIZE], cust_id[NO_SIZE];
    char department[64], doctor[64], items[400]; /* "item*count ..." of the price list */
    char call_sn[NO_SIZE];
    char preorder_sn[NO_SIZE]; /* ORG_007 */
    int state;
    int64_t amount_fen, begun_ms, settled_ms;
    char insured_by[NO_SIZE]; /* the centre's order that settled the insurance's part alone; "" none
                               */
    int64_t insured_fen;      /* ... so much */
};

/* What ORG_003 booked: a bill settled, or (deposit) money on an account. */
struct credit {
    char org_trace_no[NO_SIZE], doc_trace_no[NO_SIZE], amp_trace_id[NO_SIZE];
    char mch_trace_no[NO_SIZE], trace_id[NO_SIZE], pay_chnl_trace_no[NO_SIZE];
    char card[NO_SIZE], account_type[NO_SIZE], deposit_type[NO_SIZE], call_sn[NO_SIZE];
    char setl_id[NO_SIZE], mdtrt_id[NO_SIZE], psn_no[NO_SIZE]; /* of the insurance, "" none */
    char setl_time[NO_SIZE];                                   /* as it came, "" none */
    bool deposit;
    int64_t fund_fen, account_fen;     /* what the insurance paid of it */
    int64_t amount_fen, cancelled_fen; /* a deposit also in parts */
    int64_t credited_ms, cancelled_ms; /* cancelled_ms: wholly; 0 not */
};

/* An ORG_003 that came, whatever became of it; or what the window settled. */
struct trial {
    char card[NO_SIZE], org_trace_no[NO_SIZE], call_sn[NO_SIZE];
    bool settled;
    int64_t at_ms;
};

struct account {
    char card[NO_SIZE];
    int64_t balance_fen;
};

/* A wristband's code that onepay made. */
struct wristband {
    char key[NO_SIZE], card[NO_SIZE];
    int64_t made_ms, cancelled_ms;
};

/* A message to a phone, or a call to a notifyUrl (type "notify") and its arrival ("his.notify"). */
struct notice {
    char type[NO_SIZE], key[264], body[4096];
    int64_t at_ms, status; /* status: what the called address answered */
    bool sent;
};

/* An order at the insurance centre. Its state is ordStas. */
struct order {
    char pay_ord_id[NO_SIZE], med_org_ord[NO_SIZE], pay_token[NO_SIZE];
    char card[NO_SIZE], setl_id[NO_SIZE], mdtrt_id[NO_SIZE];
    char notify_url[264], return_url[264];
    char refd_sn[NO_SIZE];
    int state, ends_as; /* ends_as: what a refund under way becomes */
    int64_t amount_fen; /* all of it */
    int64_t fee_fen, outside_fen, fund_fen, account_fen, own_fen;
    int64_t made_ms, settled_ms, refunded_ms;
    bool told_his; /* 2.2 was answered by 1 */
    bool alone;    /* the insurance's part alone is settled (setlType HI) */
};

/* What the portal was told of, and what came of it. */
struct push {
    char med_org_ord[NO_SIZE], his_cust_id[NO_SIZE], id_no[NO_SIZE], order_status[NO_SIZE];
    char phone[NO_SIZE], messages[8]; /* how often it was pushed */
    char pay_ord_id[NO_SIZE];         /* of an upload that was made before it; "" none */
    char dept_name[101], dr_name[101];
    char trace_id[NO_SIZE], amp_trace_id[NO_SIZE], call_sn[NO_SIZE], steps[400];
    int64_t amount_fen, own_fen, back_fen, pushed_ms, paid_ms;
    bool wholly_back;
};

/* A refund at the portal. */
struct portal_refund {
    char out_refund_no[NO_SIZE], amp_refund_id[NO_SIZE], refund_trace_id[NO_SIZE];
    char trace_id[NO_SIZE], type[8];
    char org_refund_sn[NO_SIZE];
    char status[12]; /* tradeStatus */
    int64_t amount_fen, made_ms;
};

struct column;
struct rows {
    const char *name;
    const struct column *columns;
    size_t row_size;
    void **at;
    int count, room;
};

struct books {
    struct rows payments, refunds, bills, credits, trials, accounts, wristbands, notices, orders,
        pushes, portal_refunds;
    int64_t serial; /* behind every number that the platform and the HIS make */
};

extern const char *const order_words[];
extern const char *const payment_words[], *const refund_words[], *const bill_words[],
                                                                     *const booked_words[];

void books_init(struct books *books);
void books_clear(struct books *books);
void *rows_add(struct rows *rows); /* zeroed; aborts when memory is gone */
/* The newest row whose leading member at `offset` is `key`; NULL: none. */
void *rows_find(const struct rows *rows, size_t offset, const char *key);
#define ROWS_FIND(rows, type, member, key)                                                         \
    ((struct type *)rows_find((rows), offsetof(struct type, member), (key)))

cJSON *books_tree(const struct books *books);
bool books_load(struct books *books, const char *path); /* false: there is no such file */
void books_save(const struct books *books, const char *path);

#endif
