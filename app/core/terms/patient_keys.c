#include "app/core/terms/patient_keys.h"

#include <string.h>

static bool same_key(const char *a, const char *b) {
    return a[0] != '\0' && strcmp(a, b) == 0;
}

bool patient_keys_known(const struct patient_keys *keys) {
    return keys->id[0] != '\0' || keys->cust[0] != '\0' || keys->card[0] != '\0';
}

/* A record of an older version has one key, which stands for the ID number and may be that of
 * his_cust_id: it is shown by both. */
bool patient_keys_meet(const struct patient_keys *kept, const struct patient_keys *shown) {
    return same_key(kept->id, shown->id) || same_key(kept->id, shown->cust) ||
           same_key(kept->cust, shown->cust) || same_key(kept->card, shown->card);
}

bool patient_keys_agree(const struct patient_keys *kept, const struct patient_keys *shown) {
    if (kept->id[0] != '\0' && shown->id[0] != '\0')
        return strcmp(kept->id, shown->id) == 0;
    return same_key(kept->cust, shown->cust) || same_key(kept->card, shown->card);
}
