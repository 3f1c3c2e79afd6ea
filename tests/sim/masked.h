/* Hospitals that mask ID numbers, leave one out, or give a number out twice: whose payment it was.
 */
#ifndef HOPKIOSK_SIM_MASKED_H
#define HOPKIOSK_SIM_MASKED_H

#include <stdbool.h>
#include <stdint.h>

#include "app/core/order/payments.h"
#include "app/core/terms/document.h"
#include "app/core/terms/policy.h"
#include "tests/sim/platform.h"

struct sim;

enum masking {
    MASKING_NONE = 0,
    MASKING_ALL,   /* every ID number; his_cust_id is the person's */
    MASKING_VISIT, /* ... and his_cust_id is a visit's, or masked: only the card tells */
    MASKING_ASKED, /* an ID number that was asked with is masked or left out; his_cust_id is a
                      visit's */
    MASKING_ONCE,  /* a number is left out now and then */
    MASKING_TWICE, /* none: but two persons have one his_cust_id */
    MASKING_COUNT
};

/* How somebody came, and what can be known of them then. */
struct sim_shown {
    int person; /* card */
    bool by_id_card;
    bool id_known;   /* told whole, or on the ID card */
    bool cust_known; /* his_cust_id is the person's */
};

struct sim_masked {
    enum masking masking;
    uint64_t random;  /* its own */
    bool asks_last4;  /* who wants money back types the last 4 of the ID number */
    bool hides_end;   /* a mask leaves two characters at the end, else four */
    int visits;       /* numbers of them given out */
    const void *seen; /* the list that was looked at last */
    int opened_count;
    struct {
        char no[ORDER_NO_SIZE];
        struct sim_shown by;
    } opened[SIM_PAYMENTS_MAX];
};

void masked_begin(struct sim *sim);
void masked_choose_policy(const struct sim *sim, struct policy *policy);
/* A person's ID number; they all have the same mask. */
const char *masked_id_no(int card);
/* Some have their ID card with them: it is put on its reader. */
bool masked_has_id_card(struct sim *sim);
/* What this patient types where the last 4 are asked for; "": nobody here types them. */
const char *masked_last4(const struct sim *sim);
/* A new account; its keys are made as the reader of ORG_001 makes them. */
struct account *masked_account(struct sim *sim);
void masked_tell(struct sim *sim, int card, bool by_id_card, struct account *account);
/* The visit opens an order. */
void masked_note_opened(struct sim *sim, const struct order *order);
/* Nobody sees or takes back another's payment... */
void masked_check(struct sim *sim);
/* ... and it is not hidden from who paid it. */
void masked_check_list(struct sim *sim, const struct payment_list *list);

#endif
