/* Whose money it is: masked, and said on every screen from the moment it is known. */
#include <stdio.h>
#include <string.h>

#include "app/core/terms/mask.h"
#include "app/core/visit/screens.h"
#include "app/present/parts.h"

#define ID_HEAD 6
#define ID_TAIL 4
#define ID_LENGTH 18
#define AGE_MAX 130

const struct account *present_account_read(const struct presenting *p) {
    static const struct account no_account;

    return session_account(p->session) != NULL ? session_account(p->session) : &no_account;
}

static void mask_identity(const struct presenting *p) {
    bool id_card = p->session->who.identity == IDENTITY_ID_CARD;

    mask_middle(p->session->who.identity_no, id_card ? ID_HEAD : CARD_HEAD,
                id_card ? ID_TAIL : CARD_TAIL, p->store->card_no, sizeof p->store->card_no);
}

static const char *number_key(const struct presenting *p, bool inpatient) {
    if (p->session->who.identity == IDENTITY_ID_CARD)
        return "who.id_card";
    return inpatient ? "who.inpatient" : "who.card";
}

static int digits_from(const char *text, int length) {
    int number = 0;
    for (int i = 0; i < length; i++)
        number = number * 10 + (text[i] - '0');
    return number;
}

/* In whole years, from the birthday inside a resident's ID number (GB 11643: yyyyMMdd from its
 * seventh digit on). "" where it is another number, masked, or of no day that has been. */
static void age_of(const char *id_no, int64_t wall_ms, char out[AGE_SIZE]) {
    char today[15];
    bool whole = strlen(id_no) == ID_LENGTH && strspn(id_no, "0123456789") >= ID_LENGTH - 1;
    out[0] = '\0';
    if (!whole)
        return;
    clock_digits(wall_ms, today);
    int years = (digits_from(today, 8) - digits_from(id_no + ID_HEAD, 8)) / 10000;
    if (years >= 0 && years <= AGE_MAX)
        snprintf(out, AGE_SIZE, "%d", years);
}

struct view_account present_account(const struct presenting *p) {
    const struct account *account = present_account_read(p);
    struct present_store *store = p->store;
    bool inpatient = account->account_type == ACCOUNT_INPATIENT;

    mask_name(account->name, store->name, sizeof store->name);
    mask_middle(account->cert_no, ID_HEAD, ID_TAIL, store->id_no, sizeof store->id_no);
    mask_identity(p);
    age_of(account->cert_no, p->now.wall_ms, store->age);
    return (struct view_account){.name = store->name,
                                 .id_no = store->id_no,
                                 .card_no = store->card_no,
                                 .number_key = number_key(p, inpatient),
                                 .number = store->card_no,
                                 .ward = account->ward,
                                 .bed = account->bed,
                                 .age = store->age,
                                 .tells_more = p->core->setup.policy.show_age_ward,
                                 .inpatient = inpatient,
                                 .has_balance = p->session->who.confirmed,
                                 .balance_fen =
                                     p->session->who.confirmed ? account->balance.fen : 0};
}

/* CONFIRM asks who it is in its own, larger words. */
bool present_identified(const struct presenting *p) {
    static const bool without[SCREEN_COUNT] = {
        [SCREEN_WELCOME] = true, [SCREEN_SERVICE] = true,        [SCREEN_IDENTIFY] = true,
        [SCREEN_STAFF] = true,   [SCREEN_OUT_OF_SERVICE] = true,
    };
    bool asks = p->session->screen == SCREEN_CONFIRM && p->session->giving_back.plan.count == 0;

    return session_account(p->session) != NULL && !without[p->session->screen] && !asks;
}
