/* links: drivers/printer/id.c drivers/printer/models.c */
/* Any bytes as the IEEE 1284 id of a printer: three bounded texts of printable ASCII, and a row. */
#include <string.h>

#include "drivers/printer/models.h"

static void need_text(const char *text, size_t size) {
    size_t length = strnlen(text, size);
    if (length == size)
        __builtin_trap();
    for (size_t i = 0; i < length; i++)
        if (text[i] < ' ' || text[i] > '~')
            __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct printer_id id;
    printer_id_parse(data, size, &id);
    need_text(id.maker, sizeof id.maker);
    need_text(id.model, sizeof id.model);
    need_text(id.commands, sizeof id.commands);
    const struct printer_model *model = printer_model_of(&id);
    if (model->dots < 384 || model->columns < 32 || model->speed_mm_s < 1)
        __builtin_trap();
    return 0;
}
