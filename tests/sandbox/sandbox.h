/* The sandbox: a payment platform (upp), a hospital's information system and the patient's phone in
 * one process. Everything below runs under `lock`; nothing waits while holding it. */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <pthread.h>
#include <time.h>

#include "tests/sandbox/books.h"
#include "tests/sandbox/day.h"
#include "tests/sandbox/fault.h"
#include "tests/sandbox/message.h"

struct options {
    const char *state_path; /* NULL: in memory only */
    const char *pay_base;   /* of the links in QR codes; NULL: our own address */
    const char *isv_id, *partner_id, *key;
    const char *onepay_appid, *onepay_secret; /* NULL: the documented ones */
    const char *mmpc_appid, *mmpc_secret;     /* likewise */
    const char *amp_appid, *amp_key;          /* likewise */
};

/* What /control/settings changes. */
struct settings {
    int64_t late_return_ms;  /* from a late payment to the platform's question to the HIS (5.2) */
    int64_t late_pay_ms;     /* from close or expiry to the payment of a phone that pays late */
    char unsettled[8];       /* ORG_004 of what was never settled: fail or exp */
    bool names_claim;        /* ORG_003, 004 and 006 say whose money settled a bill */
    bool names_own;          /* ... and 003 and 004 what the patient has paid of an insured one */
    bool renumber;           /* every ORG_002 gives the bills new numbers */
    int64_t list_lag_ms;     /* a settled bill is listed for so long */
    bool settle_per_visit;   /* ORG_004 tells of the patient's newest ORG_003, whatever is asked */
    bool refuse_second;      /* ORG_003 of what is settled: ret_code 02 and fail, whoever asks */
    bool no_cancel;          /* there is no ORG_005 */
    bool epoch_time;         /* ORG_003 wants setl_time, in epoch milliseconds */
    bool odd_errors;         /* {"code":-1} where the document has a ret_code that is not 00 */
    char headers[64];        /* X-Hospital of every request to the HIS; "": none is wanted */
    int64_t code_extra_fen;  /* a QR code takes so much more than was asked */
    bool unpaid_is_zero;     /* tradeFee of what is not paid is 0.00: the amount actually paid */
    int refund_state;        /* what refunds become: enum refund_state */
    int onepay_his;          /* what the HIS does with onepay's payments: enum booked */
    bool no_qr_code;         /* onepay answers qrcode "0" */
    char his_base[200];      /* the hospital that centre and portal call; "": this one */
    bool split_before;       /* 1.3 in state 1 carries amounts */
    bool names_outside;      /* 1.3 has outOfMIFee, which its table in the document has not */
    int64_t split_extra_fen; /* 1.3 in state 6 names an own part that is so much more */
    bool no_cashier_url;     /* 1.6 answers none */
    bool decoded_only;       /* the centre takes no code that the gateway has not decoded */
    char setl_type[8];    /* whom the centre settles: ALL, or HI: the insurance alone; "": unsaid */
    bool national;        /* the centre is of the national centre's other generation */
    int64_t refunding_ms; /* a refund at the centre stays under way for so long */
    int64_t portal_more_fen; /* the portal tells the hospital that a bill costs so much more */
    bool portal_twice;       /* ... and each settlement twice */
    bool portal_uploads;     /* it settles by an upload of its own, whatever payOrdId it was told */
    bool portal_tells_nobody; /* what the centre has settled the hospital never hears */
    char portal_refund[12];   /* tradeStatus of the portal's refunds */
};

struct sandbox {
    pthread_mutex_t lock;
    pthread_cond_t changed; /* chores may be due earlier, faults were released, we stop */
    struct options options;
    struct settings settings;
    struct books books;
    struct faults faults;
    struct day day; /* made bills, beside the books */
    int64_t clock_offset_ms;
    unsigned short port;
    bool stopping;
};

void sandbox_init(struct sandbox *sandbox, const struct options *options);
void sandbox_destroy(struct sandbox *sandbox);
void sandbox_reset(struct sandbox *sandbox); /* the seeded hospital, no payments, no faults */
int64_t sandbox_now_ms(const struct sandbox *sandbox);
/* The next serial number as text behind a prefix. */
void sandbox_number(struct sandbox *sandbox, const char *prefix, char out[NO_SIZE]);

/* CLOCK_MONOTONIC, for waits on `changed`. */
struct timespec sandbox_deadline(int64_t ms);
void sandbox_save(const struct sandbox *sandbox); /* nothing without --state */

#endif
