/* Specimens of ID cards as a reader gives them: 256 bytes, UTF-16LE. */
#ifndef USBBENCH_ID_SPECIMEN_H
#define USBBENCH_ID_SPECIMEN_H

#include <stdbool.h>
#include <stdint.h>

#define ID_SPECIMEN_BYTES 256

/* citizen (张建丰, 11010519491231002X), foreigner, permit, foreigner2023, broken (a citizen whose
 * number has a wrong check digit). False: no such card. */
bool id_specimen(const char *name, uint8_t text[ID_SPECIMEN_BYTES]);
/* Writes over a field: "" is spaces. */
void id_specimen_put(uint8_t text[ID_SPECIMEN_BYTES], int offset, int length, const char *value);

#endif
