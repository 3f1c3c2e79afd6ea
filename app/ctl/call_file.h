/* The file that an answer links to: fetched, checked, put where it was asked for. */
#ifndef HOPKIOSK_CTL_CALL_FILE_H
#define HOPKIOSK_CTL_CALL_FILE_H

#include "app/ctl/ctl.h"
#include "app/platform/platform.h"

bool call_file_has(const char *platform, const char *operation);
/* UNKNOWN: it did not come; MALFORMED: it is not what was announced. Then nothing stands at `path`
 * that was not there before. */
enum ctl_exit call_file_fetch(const struct config *config, const struct platform *platform,
                              const cJSON *answer, const char *path);

#endif
