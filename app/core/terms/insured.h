/* What a medical insurance says beside the amounts: of each line of a bill before it is paid, and
 * of a settlement how its sums came about. */
#ifndef HOPKIOSK_CORE_TERMS_INSURED_H
#define HOPKIOSK_CORE_TERMS_INSURED_H

#include <stdbool.h>

#include "app/core/terms/types.h"

/* chrgitm_lv of a line: 01, 02, 03. */
enum insured_class {
    INSURED_UNSAID = 0,
    INSURED_FIRST,  /* paid for as all others are */
    INSURED_SECOND, /* the patient pays a share of it first */
    INSURED_OUTSIDE /* the patient pays all of it */
};

/* One line of a bill in the insurance's eyes (mmpc 1.6). */
struct insured_line {
    char sn[TRACE_NO_SIZE]; /* feedetl_sn */
    enum insured_class class;
    int share_percent; /* selfpay_prop: so much of it the patient pays first; 0 none, or not said */
    struct fen amount; /* det_item_fee_sumamt; 0 not said */
    struct fen outside; /* of it nothing is paid for by the insurance */
};

/* What a settlement says of itself (extData of mmpc 1.3). */
enum settlement_kind {
    SETTLEMENT_FUND = 0, /* paid by the fund of this name */
    SETTLEMENT_BALANCE,  /* left in the personal account */
    SETTLEMENT_OUTSIDE,  /* of the own part: what is outside the insurance */
    SETTLEMENT_SHARE,    /* ... the share that is paid first */
    SETTLEMENT_OVER,     /* ... what is above a price limit */
    SETTLEMENT_KIND_COUNT
};

#define FUND_NAME_SIZE 97 /* 32 characters of a name */
#define SETTLEMENT_ROWS_MAX 12
struct settlement_row {
    enum settlement_kind kind;
    struct fen amount; /* never negative */
    char name[FUND_NAME_SIZE];
};

/* The rows as one text, which is kept with the order: a line each. */
#define SETTLEMENT_SIZE 1001
/* Adds a row where there is room for all of it. Its name holds no control characters. */
bool settlement_add(char text[SETTLEMENT_SIZE], const struct settlement_row *row);
/* The words of a row that is no fund's: "settlement.balance" ...; "" of a fund's. */
const char *settlement_key(enum settlement_kind kind);
/* How many rows there are; what is none is passed over. */
int settlement_rows(const char *text, struct settlement_row out[SETTLEMENT_ROWS_MAX]);

#endif
