/* What the states of legs, claims and refunds mean. */
#include "app/core/order/states.h"

#include "app/core/terms/assert.h"

#define BIT(state) (1u << (state))
#define NO_WORD ORDER_STATE_COUNT

/* Whatever a leg that may still be paid can turn out to be. */
#define LEG_DECIDED                                                                                \
    (BIT(LEG_PAID) | BIT(LEG_DECLINED) | BIT(LEG_PAID_AFTER_CLOSE) | BIT(LEG_RETURNED) |           \
     BIT(LEG_CASE))

/* clang-format off */
static const struct leg_traits traits_of_legs[] = {
    /* state                  settled may_pay watched money            word */
    [LEG_NEW]              = {false, true,  false, MONEY_UNSEEN,    ORDER_OPENING,
                              BIT(LEG_PLACING) | BIT(LEG_PLACE_UNKNOWN) | BIT(LEG_DECLINED)},
    [LEG_DUE]              = {false, true,  false, MONEY_UNSEEN,    ORDER_WAITING,
                              BIT(LEG_PLACING) | BIT(LEG_PLACE_UNKNOWN) | BIT(LEG_DECLINED)},
    [LEG_PLACING]          = {false, true,  false, MONEY_UNSEEN,    ORDER_WAITING,
                              BIT(LEG_PLACE_UNKNOWN) | BIT(LEG_WAITING) | LEG_DECIDED},
    [LEG_PLACE_UNKNOWN]    = {false, true,  false, MONEY_UNSEEN,    ORDER_WAITING,
                              BIT(LEG_PLACE_UNKNOWN) | BIT(LEG_WAITING) | BIT(LEG_CLOSING) | LEG_DECIDED},
    [LEG_WAITING]          = {false, true,  false, MONEY_UNSEEN,    ORDER_WAITING,
                              BIT(LEG_CLOSING) | BIT(LEG_PUSHED) | LEG_DECIDED},
    [LEG_PUSHED]           = {false, true,  false, MONEY_UNSEEN,    ORDER_WAITING,
                              BIT(LEG_WAITING) | BIT(LEG_PAID) | BIT(LEG_CASE)},
    [LEG_PAID]             = {true,  true,  false, MONEY_AT_CLAIMS, NO_WORD, 0},
    [LEG_DECLINED]         = {true,  false, false, MONEY_UNSEEN,    NO_WORD, 0},
    [LEG_CLOSING]          = {false, true,  false, MONEY_UNSEEN,    ORDER_CLOSING,
                              BIT(LEG_CLOSED) | BIT(LEG_WAITING) | LEG_DECIDED},
    [LEG_CLOSED]           = {false, false, true,  MONEY_UNSEEN,    NO_WORD,
                              BIT(LEG_CLOSED) | BIT(LEG_PAID_AFTER_CLOSE) | BIT(LEG_RETURNED) | BIT(LEG_CASE)},
    [LEG_PAID_AFTER_CLOSE] = {false, false, false, MONEY_IN_FLIGHT, ORDER_RETURNING,
                              BIT(LEG_RETURNED) | BIT(LEG_CASE) | BIT(LEG_DECLINED)},
    [LEG_RETURNED]         = {true,  false, false, MONEY_RETURNED,  NO_WORD, 0},
    [LEG_CASE]             = {true,  true,  false, MONEY_IN_CASE,   ORDER_CASE, 0},
};

static const struct claim_traits traits_of_claims[] = {
    /* state                 settled paid   busy                    money            word */
    [CLAIM_WAITING]        = {false, false, CLAIM_BUSY_WITH_MONEY,  MONEY_IN_FLIGHT, NO_WORD,
                              BIT(CLAIM_CHECKING) | BIT(CLAIM_CREDITING) | BIT(CLAIM_DONE) | BIT(CLAIM_VOID) | BIT(CLAIM_REVERSING)},
    [CLAIM_CHECKING]       = {false, true,  CLAIM_BUSY,             MONEY_IN_FLIGHT, ORDER_CREDITING,
                              BIT(CLAIM_CREDITING) | BIT(CLAIM_REVERSING) | BIT(CLAIM_CASE)},
    [CLAIM_CREDITING]      = {false, true,  CLAIM_BUSY,             MONEY_IN_FLIGHT, ORDER_CREDITING,
                              BIT(CLAIM_DONE) | BIT(CLAIM_CREDIT_UNKNOWN) | BIT(CLAIM_REVERSING) | BIT(CLAIM_CASE)},
    [CLAIM_CREDIT_UNKNOWN] = {false, true,  CLAIM_BUSY,             MONEY_IN_FLIGHT, ORDER_CREDITING,
                              BIT(CLAIM_DONE) | BIT(CLAIM_CREDITING) | BIT(CLAIM_REVERSING) | BIT(CLAIM_CASE)},
    [CLAIM_DONE]           = {true,  true,  CLAIM_BUSY,             MONEY_CREDITED,  NO_WORD,
                              BIT(CLAIM_UNCREDITING) | BIT(CLAIM_CASE)},
    [CLAIM_REVERSING]      = {false, false, CLAIM_FREE,             MONEY_IN_FLIGHT, ORDER_RETURNING,
                              BIT(CLAIM_REVERSED) | BIT(CLAIM_VOID) | BIT(CLAIM_CASE)},
    [CLAIM_REVERSED]       = {true,  false, CLAIM_FREE,             MONEY_UNSEEN,    NO_WORD, 0},
    [CLAIM_VOID]           = {true,  false, CLAIM_FREE,             MONEY_UNSEEN,    NO_WORD, 0},
    [CLAIM_UNCREDITING]    = {false, true,  CLAIM_BUSY,             MONEY_IN_FLIGHT, ORDER_RETURNING,
                              BIT(CLAIM_DONE) | BIT(CLAIM_REFUNDED) | BIT(CLAIM_CASE)},
    [CLAIM_REFUNDED]       = {true,  true,  CLAIM_FREE,             MONEY_UNSEEN,    NO_WORD, 0},
    [CLAIM_CASE]           = {true,  false, CLAIM_BUSY_WITH_PERSON, MONEY_IN_CASE,   ORDER_CASE, 0},
};

static const struct refund_traits traits_of_refunds[] = {
    /* state            settled claims_money */
    [REFUND_NEW]     = {false, true,  BIT(REFUND_SENDING) | BIT(REFUND_UNKNOWN) | BIT(REFUND_REFUSED)},
    [REFUND_SENDING] = {false, true,  BIT(REFUND_UNKNOWN) | BIT(REFUND_DONE) | BIT(REFUND_REFUSED) | BIT(REFUND_CASE)},
    [REFUND_UNKNOWN] = {false, true,  BIT(REFUND_UNKNOWN) | BIT(REFUND_DONE) | BIT(REFUND_REFUSED) | BIT(REFUND_CASE)},
    [REFUND_DONE]    = {true,  true,  0},
    [REFUND_REFUSED] = {true,  false, 0},
    [REFUND_CASE]    = {true,  true,  0},
};
/* clang-format on */

const struct leg_traits *leg_traits(enum leg_state state) {
    CORE_ASSERT((unsigned)state <= LEG_CASE);
    return &traits_of_legs[state];
}

const struct claim_traits *claim_traits(enum claim_state state) {
    CORE_ASSERT((unsigned)state <= CLAIM_CASE);
    return &traits_of_claims[state];
}

const struct refund_traits *refund_traits(enum refund_state state) {
    CORE_ASSERT((unsigned)state <= REFUND_CASE);
    return &traits_of_refunds[state];
}
