/* Under what a patient's payments are found again (patient_keys.h). The hospital's key keeps the
 * journal from naming anybody. */
#ifndef HOPKIOSK_WIRE_PERSON_KEYS_H
#define HOPKIOSK_WIRE_PERSON_KEYS_H

#include "app/core/terms/document.h"

/* The card that was shown and asked about, in the words of ORG_*. NULL each: not known. */
struct shown_card {
    const char *kind, *number; /* mdtrt_cert_type, mdtrt_cert_no */
    const char *id_no;         /* the ID number that was asked with */
};

/* Also keeps an ID number whole that the answer masks or leaves out. Without a hospital's key
 * nothing is looked for. */
void person_keys_add(const char *hospital_key, const struct shown_card *shown,
                     struct account *account);

#endif
