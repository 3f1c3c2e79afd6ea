/* JSON given to a command, as an argument or on stdin. */
#ifndef HOPKIOSK_CTL_INPUT_H
#define HOPKIOSK_CTL_INPUT_H

#include <cjson/cJSON.h>

/* `argument` is JSON, "-" for stdin, or NULL for {}. NULL after saying on stderr why not. Caller:
 * cJSON_Delete. */
cJSON *input_json(const char *argument);

#endif
