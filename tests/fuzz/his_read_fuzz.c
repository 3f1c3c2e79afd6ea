/* Any answer of the HIS becomes a bounded document or nothing. */
#include <stdint.h>
#include <stdlib.h>

#include "app/config/privacy.h"
#include "app/config/terminal_rows.h"
#include "app/platform/his/his.h"
#include "app/wire/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_bills(const struct bill_list *list) {
    for (int i = 0; i < list->bill_count; i++)
        if (list->bills[i].first_line + list->bills[i].line_count > list->line_count)
            abort();
    if (list->bill_count > LISTED_BILLS_MAX)
        abort();
}

/* The first byte chooses the operation. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct config_privacy privacy = {.hospital_key = "key"};
    static const struct config_terminal terminal = {.org_code = "H1"};
    static const struct config config = {
        .part_count = 2,
        .parts = {{&config_privacy_section, &privacy}, {&config_terminal_section, &terminal}}};
    struct wire_reading reading;
    if (size == 0)
        return 0;
    platform_his.read(&config, his_table[data[0] % 11].name, NULL, 200, (const char *)data + 1,
                      size - 1, &reading);
    if (reading.document != NULL && reading.outcome == OUTCOME_MALFORMED)
        abort();
    if (reading.document != NULL && reading.document->kind == DOCUMENT_BILLS)
        check_bills((const struct bill_list *)reading.document);
    free(reading.document);
    wire_reading_free(&reading);
    return 0;
}
