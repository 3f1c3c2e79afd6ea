#include "app/core/terms/document.h"

#include <string.h>

const struct document *document_if(const struct document *document, enum document_kind kind) {
    return document != NULL && document->kind == kind ? document : NULL;
}

int bill_list_find(const struct bill_list *bills, const char *key, const char *org_trace_no,
                   struct fen amount) {
    for (int i = 0; i < bills->bill_count; i++) {
        const struct bill *bill = &bills->bills[i];
        bool same = key[0] != '\0' ? strcmp(bill->key, key) == 0
                                   : strcmp(bill->org_trace_no, org_trace_no) == 0;
        if (same && money_compare(bill->amount, amount) == 0)
            return i;
    }
    return -1;
}
