/* Under what a patient's payments are found again: keyed hashes of a whole, valid ID number, of the
 * hospital's his_cust_id and of the kind and number of the card that was shown, each where it is
 * known. A masked text is nobody's. */
#ifndef HOPKIOSK_CORE_TERMS_PATIENT_KEYS_H
#define HOPKIOSK_CORE_TERMS_PATIENT_KEYS_H

#include "app/core/terms/types.h"

struct patient_keys {
    char id[PATIENT_KEY_SIZE]; /* "" each: not known */
    char cust[PATIENT_KEY_SIZE];
    char card[PATIENT_KEY_SIZE];
};

/* Is any of them known? */
bool patient_keys_known(const struct patient_keys *keys);
/* Is a record of `kept` to be shown to who has `shown`? By any of the three. */
bool patient_keys_meet(const struct patient_keys *kept, const struct patient_keys *shown);
/* May its money go back to them? By the ID number where both know one: a card's number and a
 * his_cust_id are given out again. Else by the hospital's number, or by the very card. */
bool patient_keys_agree(const struct patient_keys *kept, const struct patient_keys *shown);

#endif
