/* Section `privacy`: the key with which a patient's payments are found again without storing who it
 * is. */
#ifndef HOPKIOSK_CONFIG_PRIVACY_H
#define HOPKIOSK_CONFIG_PRIVACY_H

#include "app/config/config.h"

struct config_privacy {
    char *hospital_key; /* the key of patients' keys; made at first start when absent, beside the
                           journal, 0600 */
};
extern const struct config_section config_privacy_section;
const struct config_privacy *config_privacy(const struct config *config);
/* Fills in privacy.hospital_key when the file names none: reads `hospital.key` beside the journal,
 * or makes it there (0600). False, with a sentence in `error`, when it cannot. */
__attribute__((warn_unused_result)) bool config_hospital_key(struct config *config,
                                                             const char *journal_path, char *error,
                                                             size_t error_size);

#endif
