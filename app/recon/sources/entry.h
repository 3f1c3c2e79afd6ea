/* One movement of money as a source tells it, before it is a row: texts point into the source's
 * file or into the reader's scratch, and live until the reader's next step. */
#ifndef HOPKIOSK_RECON_SOURCES_ENTRY_H
#define HOPKIOSK_RECON_SOURCES_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "app/core/terms/money.h"

struct recon_slice {
    const char *at;
    size_t length;
};

/* The ids that two sides can share. Texts are equal only within one of them: "1" as a payment is
 * not "1" as a receipt. */
enum recon_id {
    RECON_PAYMENT_NO = 0, /* the terminal's or the HIS's number: paymentNo, tradeNo; of a refund its
                             own: refundNo */
    RECON_OUT_NO,         /* the platform's: outPaymentNo, outTradeNo, payOrderId */
    RECON_IN_NO,          /* the channel's (a wallet's or a bank's): inPaymentNo, inTradeNo */
    RECON_TRACE_NO,       /* what was paid for: org_trace_no, medOrgOrd, hospOrderId */
    RECON_RECEIPT_NO,     /* the HIS's receipt: call_sn, hospBillNo */
    RECON_SETTLE_NO,      /* the insurance's settlement: setl_id */
    RECON_ORIGIN_NO,      /* of a refund: the payment_no of the payment it returns */
    RECON_ID_COUNT
};

enum recon_kind { RECON_PAYMENT = 0, RECON_REFUND, RECON_KIND_COUNT };

enum recon_state {
    RECON_DONE = 0,        /* the money moved, or was booked */
    RECON_PENDING,         /* not final yet */
    RECON_VOID,            /* no money moved */
    RECON_UNCREDITED,      /* paid, not credited */
    RECON_UNPROVEN,        /* credited; nothing says that the credit is this payment's */
    RECON_RETURNED,        /* paid, never credited, given back */
    RECON_TAKEN_ELSEWHERE, /* paid, credited; the hospital has taken the credit back, not we */
    RECON_STATE_COUNT
};

struct recon_entry {
    struct recon_slice source; /* a rows file's own word; empty: the file's source */
    struct recon_slice ids[RECON_ID_COUNT];
    struct recon_slice channel, terminal, fee;
    enum recon_kind kind;
    enum recon_state state;
    struct fen amount; /* never negative */
    int64_t time_s;    /* seconds of China time since 1970-01-01; 0 unknown */
    bool elsewhere;    /* the source says that no terminal of ours took it */
    bool no_platform;  /* cash or a bank card: no platform knows it */
};

/* Strictly: digits, at most two decimals; a leading minus only where `signed_text`, and is left
 * out. */
bool entry_amount(struct recon_slice text, bool signed_text, struct fen *out);
/* The minus that entry_amount leaves out: the money went back. */
static inline bool amount_is_negative(struct recon_slice text) {
    return text.length > 0 && text.at[0] == '-';
}
/* All zero. */
void entry_clear(struct recon_entry *entries, size_t count);
/* The day that was read last: most rows of a file are of one. */
struct entry_day {
    char text[10];
    int64_t day_s;
};
/* yyyy-MM-dd HH:mm:ss like any other, for a reader of many. */
bool entry_time_after(struct recon_slice text, struct entry_day *last, int64_t *time_s);
/* yyyy-MM-dd HH:mm:ss, yyyyMMddHHmmss, yyyy-MM-dd or yyyyMMdd. */
bool entry_time(struct recon_slice text, int64_t *time_s);
/* "2026-11-28 07:05:00"; "" of 0. */
#define RECON_TIME_SIZE 20
char *entry_time_text(int64_t time_s, char out[RECON_TIME_SIZE]);
static inline bool slice_is(struct recon_slice slice, const char *text) {
    size_t length = strlen(text);
    return slice.length == length && memcmp(slice.at, text, length) == 0;
}
struct recon_slice slice_of(const char *text);

/* False: it is no such word. */
bool entry_kind(struct recon_slice text, enum recon_kind *out);
bool entry_state(struct recon_slice text, enum recon_state *out);

const char *recon_id_word(enum recon_id id);
const char *recon_kind_word(enum recon_kind kind);
const char *recon_state_word(enum recon_state state);

#endif
