/* What the fleet's process may answer about other machines: the list stays within its bounds, and
 * nothing of another machine can be given back here. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/shell/payments_elsewhere.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_list(const struct payment_list *list) {
    if (list->count < 0 || list->count > PAYMENTS_MAX || list->item_count != 0)
        abort();
    for (int i = 0; i < list->count; i++) {
        const struct payment *row = &list->rows[i];
        if (row->elsewhere[0] == '\0' || row->item_count != 0 || row->returnable ||
            (i > 0 && row->created_ms > list->rows[i - 1].created_ms))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct payment_list *list = calloc(1, sizeof *list);
    char *answer = strndup((const char *)data, size);
    if (list == NULL || answer == NULL)
        abort();
    memset(list->keys.id, 'a', 64);
    elsewhere_read(list, answer);
    check_list(list);
    free(answer);
    free(list);
    return 0;
}
