/* A large answer is one immutable, bounded document. The shell owns it, events and the session
 * point to it, and EFFECT_WIPE at the end of the visit frees it. An answer that exceeds these
 * bounds is malformed. */
#ifndef HOPKIOSK_CORE_TERMS_DOCUMENT_H
#define HOPKIOSK_CORE_TERMS_DOCUMENT_H

#include "app/core/terms/insured.h"
#include "app/core/terms/patient_keys.h"
#include "app/core/terms/types.h"

#define BILLS_MAX 64         /* paid at once */
#define LISTED_BILLS_MAX 256 /* of one list */
#define BILL_LINES_MAX 200
#define CARDS_MAX 16
#define GUIDE_ITEMS_MAX 24
#define PAY_LINK_SIZE 1024
#define PAY_TOKEN_SIZE 65

enum document_kind {
    DOCUMENT_NONE = 0,
    DOCUMENT_ACCOUNT,
    DOCUMENT_BILLS,
    DOCUMENT_PAY_LINK,
    DOCUMENT_GUIDANCE,
    DOCUMENT_SETTLEMENT,
    DOCUMENT_PAYMENTS, /* order/payments.h */
    DOCUMENT_ORDER,
    DOCUMENT_DUE_ORDER, /* order/book.h */
    DOCUMENT_RECHECK,
    DOCUMENT_STAFF_CASES, /* visit/staff_pages.h */
    DOCUMENT_STAFF_FILE,
    DOCUMENT_CALL,     /* desk/call.h */
    DOCUMENT_DESK_DAY, /* desk/day.h */
    DOCUMENT_KIND_COUNT
};

/* Every document begins with this. */
struct document {
    enum document_kind kind;
};
/* `document` if it is one of this kind, else NULL. */
const struct document *document_if(const struct document *document, enum document_kind kind);

/* ORG_001, his_cust_list. */
struct hospital_card {
    char his_cust_id[TRACE_NO_SIZE];
    char cust_key[PATIENT_KEY_SIZE]; /* patient_keys.cust of this card */
    char his_cust_type[11];
    char built[20]; /* yyyy-MM-dd HH:mm:ss */
    bool has_balance;
    struct fen balance;
};

#define PHONE_SIZE 21

/* ORG_001 queryAccount. */
struct account {
    struct document head;
    struct patient_keys keys; /* computed by the reader of the answer: the core has no key */
    char name[PERSON_NAME_SIZE];
    char cert_no[TRACE_NO_SIZE]; /* the person's ID number, or "" */
    char mdtrt_cert_no[TRACE_NO_SIZE];
    char mdtrt_cert_type[11];
    char his_cust_id[TRACE_NO_SIZE];
    char ipt_no[TRACE_NO_SIZE];
    char phone[PHONE_SIZE];
    char ward[64]; /* disease_area */
    char bed[TRACE_NO_SIZE];
    char patient_type[11]; /* 00 own pay, 01 insured */
    enum account_type account_type;
    struct fen balance;
    bool has_cap;
    struct fen
        deposit_cap; /* our extension of ORG_001: the largest deposit that the HIS takes now */
    int card_count;
    struct hospital_card cards[CARDS_MAX];
};

/* What a bill is made of, as text: held while it is being paid or is paid. Lines by their
 * feedetl_sn within their institution, and the bill's own number. */
#define HOLD_KEY_SIZE 80
/* One rxlist row of ORG_002. */
struct bill_line {
    char key[HOLD_KEY_SIZE]; /* "": the HIS names none */
    char name[201];
    char spec[31];
    char unit[31];
    char price[19]; /* yuan as the HIS wrote it: up to 6 decimals */
    char count[19];
    struct fen amount;
};

/* Who has a bill already. */
enum bill_hold { BILL_FREE = 0, BILL_BEING_PAID, BILL_PAID };

/* One row of unsettlelist. A HIS may give a bill new numbers at every ORG_002: it is the same bill
 * when its lines and its visit are. */
#define BILL_KEY_SIZE 33
struct bill {
    char org_trace_no[TRACE_NO_SIZE];
    char doc_trace_no[TRACE_NO_SIZE];
    char key[BILL_KEY_SIZE]; /* digest of mdtrt_id and every feedetl_sn; "": known by number only */
    enum bill_hold hold;     /* as the journal has it */
    int64_t held_ms;         /* wall; since when */
    char held_by[ORDER_NO_SIZE]; /* by this order's claim */
    int held_claim;
    char department[101];
    char doctor[101];
    char begun[20];
    char patient_type[11];
    struct fen amount; /* medfee_sumamt */
    int first_line;    /* into bill_list.lines */
    int line_count;
};

/* ORG_002 queryUnsettleList. Allocated with room for line_count lines. */
struct bill_list {
    struct document head;
    char tip[301]; /* tip_msg, shown before a list that is not empty */
    int left_out;  /* rows that cannot be sold: what is not listed is not surely gone */
    bool more;     /* some of them only because there are too many */
    int bill_count;
    struct bill bills[LISTED_BILLS_MAX];
    int line_count;
    struct bill_line lines[];
};

/* The index of the bill with this key, where it has one, else with this number; with another
 * amount it is another bill. -1: it is gone. */
int bill_list_find(const struct bill_list *bills, const char *key, const char *org_trace_no,
                   struct fen amount);

/* The link of scanCode (data.sign, section 4.2), which becomes the QR code. Never logged. Of an
 * insured bill it comes with what the insurance makes of each line. */
struct pay_link {
    struct document head;
    char url[PAY_LINK_SIZE];
    bool alipay_only;               /* no other phone reads it */
    char pay_token[PAY_TOKEN_SIZE]; /* of an insured upload, where its centre wants it back; secret
                                     */
    int line_count;
    struct insured_line lines[]; /* at most BILL_LINES_MAX */
};

/* How an insured payment was settled; settlement_rows reads it. */
struct settlement {
    struct document head;
    char rows[SETTLEMENT_SIZE];
};

enum code_type { CODE_TYPE_NONE = 0, CODE_TYPE_QR, CODE_TYPE_BAR };

/* One line of guidance: where to get the drugs, or an advice. */
struct guide_item {
    bool drug;           /* from druginfo; else from common_tip_list */
    char title[101];     /* tip_title, or "" */
    char key[101];       /* tip_key, or drug_no */
    char value[201];     /* tip_value, or drug_addr */
    char window[201];    /* drug_window */
    char queue[19];      /* drug_seq_no */
    char waiting[19];    /* wait_num */
    enum code_type code; /* a code to draw */
    char code_value[TRACE_NO_SIZE];
};

/* What ORG_003, 004 and 006 say to the patient. */
struct guidance {
    struct document head;
    char next_step[101]; /* next_step_tips of ORG_006 */
    int item_count;
    struct guide_item items[GUIDE_ITEMS_MAX];
};

#endif
