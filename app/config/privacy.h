/* `privacy`: the key by which a patient's payments are found again without naming anybody. */
#ifndef HOPKIOSK_CONFIG_PRIVACY_H
#define HOPKIOSK_CONFIG_PRIVACY_H

#include "app/config/config.h"

struct config_privacy {
    char *hospital_key; /* the key of patients' keys; made at first start when absent, beside the
                           journal, 0600 */
};
extern const struct config_section config_privacy_section;
const struct config_privacy *config_privacy(const struct config *config);
/* privacy.hospital_key where the file names none: read from `hospital.key` beside the journal, made
 * there (0600) when it is not yet. False and a sentence in `error`. */
__attribute__((warn_unused_result)) bool config_hospital_key(struct config *config,
                                                             const char *journal_path, char *error,
                                                             size_t error_size);

#endif
