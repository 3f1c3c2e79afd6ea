/* The seeded hospital: who its patients are, what they owe, what things cost. */
#ifndef SANDBOX_HOSPITAL_H
#define SANDBOX_HOSPITAL_H

#include "tests/sandbox/sandbox.h"

#define ORG_CODE "H35010200227"
#define BILL_ITEMS_MAX 64

struct patient {
    const char *card; /* hospital card, or wristband of an inpatient */
    const char *id_no, *name, *gender, *birthday, *phone;
    const char *social_card;    /* 社会保障卡卡号 */
    const char *uid;            /* of a contactless hospital card */
    const char *cust_ids[2];    /* several hospital cards: his_cust_list */
    const char *ward, *bed;     /* inpatient */
    int64_t cap_fen, start_fen; /* largest deposit, balance of the first day */
    const char *tip;            /* tip_msg before the bill list */
};

struct item {
    const char *name, *spec, *unit;
    int64_t price_fen;
    bool drug;
    bool outside; /* the insurance pays nothing of it */
};

/* A row of a bill: `item` of the price list, or (a bill made by control) one plain service. */
struct bill_item {
    const struct item *item;
    int count;
    int64_t amount_fen;
};

bool patient_is_inpatient(const struct patient *patient);
/* By mdtrt_cert_type and number; NULL: no such patient. */
const struct patient *patient_find(const char *cert_type, const char *cert_no,
                                   const char *account_type);
const struct patient *patient_by_card(const char *card);
const struct patient *patient_by_id(const char *id_no); /* an outpatient */

void hospital_seed(struct sandbox *sandbox);
struct account *hospital_account(struct sandbox *sandbox, const char *card);
/* A new bill of one plain service; NULL: no such outpatient. */
struct bill *hospital_add_bill(struct sandbox *sandbox, const char *card, int64_t amount_fen);
/* New numbers for a bill that is not settled: the older ones are dead. */
void hospital_renumber(struct bill *bill);
/* A settlement was tried, by whomever: the patient's newest, and whether it stands. */
void hospital_tried(struct sandbox *sandbox, const char *card, const char *org_trace_no,
                    const char *call_sn, bool settled);
/* Returns how many, at most BILL_ITEMS_MAX. */
int bill_items(const struct bill *bill, struct bill_item out[BILL_ITEMS_MAX]);
int64_t bill_outside_fen(const struct bill *bill); /* what is outside the insurance */
bool bill_has_drugs(const struct bill *bill);
/* What the hospital booked of a payment and did not take back. */
int64_t hospital_holds_fen(const struct sandbox *sandbox, const char *payment_no);

#endif
