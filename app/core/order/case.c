#include "app/core/order/order.h"

/* The last digits of the order's number: what the patient reads out at the window. */
#define CASE_DIGITS 8

char *order_case_no(const struct order *order, char out[ORDER_CASE_NO_SIZE]) {
    int length = 0, at = 0;
    while (length < ORDER_NO_LENGTH && order->no[length])
        length++;
    out[at++] = 'C';
    for (int i = length > CASE_DIGITS ? length - CASE_DIGITS : 0; i < length; i++)
        out[at++] = order->no[i];
    out[at] = '\0';
    return out;
}

bool order_has_case(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if (order->legs[i].state == LEG_CASE)
            return true;
    for (int i = 0; i < order->claim_count; i++)
        if (order->claims[i].state == CLAIM_CASE)
            return true;
    return false;
}

_Static_assert(CLAIMS_MAX <= 64, "a bit a claim");

bool order_is_to_window(const struct order *order, int claim) {
    return (order->to_window >> claim & 1) != 0;
}
