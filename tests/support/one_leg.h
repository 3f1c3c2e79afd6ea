/* An order that one leg pays, made by hand: the shares that go with its claims as they stand. */
#ifndef HOPKIOSK_TESTS_ONE_LEG_H
#define HOPKIOSK_TESTS_ONE_LEG_H

#include "app/core/order/shares.h"

static inline void one_leg_pays(struct order *order) {
    order->share_count = 0;
    for (int i = 0; i < order->claim_count; i++) {
        const struct claim *claim = &order->claims[i];
        order->shares[order->share_count++] = (struct share){
            .claim = (uint8_t)i,
            .amount = claim->amount,
            .returned = claim->state == CLAIM_REVERSED ? claim->amount : claim->refunded};
    }
}

#endif
