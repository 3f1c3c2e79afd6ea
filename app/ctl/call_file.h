/* The file that an answer links to: fetched, checked, put where it was asked for. */
#ifndef HOPKIOSK_CTL_CALL_FILE_H
#define HOPKIOSK_CTL_CALL_FILE_H

#include <stdio.h>

#include "app/ctl/ctl.h"
#include "app/platform/platform.h"

bool call_file_has(const char *platform, const char *operation);
/* UNKNOWN: it did not come; MALFORMED: it is not what was announced. Then nothing stands at `path`
 * that was not there before. */
enum ctl_exit call_file_fetch(const struct config *config, const struct platform *platform,
                              const cJSON *answer, const char *path);
/* The same into a file that is open, in silence: `why` says what was wrong. */
#define CALL_FILE_WHY 192
enum ctl_exit call_file_write(const struct config *config, const struct platform *platform,
                              const cJSON *answer, FILE *out, char why[CALL_FILE_WHY]);

#endif
