/* The escapes in a string of JSON. */
#ifndef HOPKIOSK_RECON_SOURCES_JSON_ESCAPE_H
#define HOPKIOSK_RECON_SOURCES_JSON_ESCAPE_H

#include "app/recon/sources/json_scan.h"

/* The text between `begin` and `end` without them, in the scratch; false after json_scan_fail. */
bool json_unescape(struct json_scan *scan, size_t begin, size_t end, struct recon_slice *out);

#endif
