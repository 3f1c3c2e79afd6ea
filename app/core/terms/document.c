#include "app/core/terms/document.h"

#include <string.h>

const struct document *document_if(const struct document *document, enum document_kind kind) {
    return document != NULL && document->kind == kind ? document : NULL;
}

bool bill_list_has(const struct bill_list *bills, const char *org_trace_no, struct fen amount) {
    for (int i = 0; i < bills->bill_count; i++)
        if (strcmp(bills->bills[i].org_trace_no, org_trace_no) == 0 &&
            money_compare(bills->bills[i].amount, amount) == 0)
            return true;
    return false;
}
