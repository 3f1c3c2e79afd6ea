#include "tests/sandbox/settings.h"

#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/value.h"

enum setting_type { SETTING_FLAG, SETTING_NUMBER, SETTING_TEXT, SETTING_WORD, SETTING_INDEX };

/* A word is kept as it is, an index as its place in the list. */
struct setting {
    const char *name;
    enum setting_type type;
    size_t offset, size;
    const char *const *words;
    const char *wrong;
};

static const char *const unsettled_words[] = {"fail", "exp", NULL};
static const char *const setl_words[] = {"ALL", "HI", "", NULL};
static const char *const portal_words[] = {"SUCCESS", "FAIL", "INIT", "REFUND", "EXP", "ING", NULL};

#define PLACE(member) offsetof(struct settings, member)
#define FLAG(member)                                                                               \
    { #member, SETTING_FLAG, PLACE(member), 0, NULL, NULL }
#define NUMBER(member)                                                                             \
    { #member, SETTING_NUMBER, PLACE(member), 0, NULL, NULL }
#define TEXT(member)                                                                               \
    { #member, SETTING_TEXT, PLACE(member), sizeof((struct settings *)0)->member, NULL, NULL }
#define WORD(member, words, wrong)                                                                 \
    { #member, SETTING_WORD, PLACE(member), sizeof((struct settings *)0)->member, words, wrong }
#define INDEX(member, words, wrong)                                                                \
    { #member, SETTING_INDEX, PLACE(member), 0, words, wrong }

static const struct setting all_settings[] = {
    NUMBER(late_return_ms),
    NUMBER(late_pay_ms),
    WORD(unsettled, unsettled_words, "unsettled: expected fail or exp"),
    FLAG(names_claim),
    FLAG(names_own),
    FLAG(renumber),
    NUMBER(list_lag_ms),
    FLAG(settle_per_visit),
    FLAG(refuse_second),
    FLAG(no_cancel),
    FLAG(epoch_time),
    FLAG(odd_errors),
    TEXT(headers),
    NUMBER(code_extra_fen),
    FLAG(unpaid_is_zero),
    INDEX(refund_state, refund_words, "refund_state: expected a tradeStatus of refunds"),
    INDEX(onepay_his, booked_words, "onepay_his: expected book, fail or exp"),
    FLAG(no_qr_code),
    TEXT(his_base),
    FLAG(split_before),
    WORD(setl_type, setl_words, "setl_type: expected ALL, HI or nothing"),
    FLAG(national),
    FLAG(decoded_only),
    FLAG(names_outside),
    NUMBER(split_extra_fen),
    FLAG(no_cashier_url),
    NUMBER(refunding_ms),
    NUMBER(portal_more_fen),
    FLAG(portal_twice),
    FLAG(portal_uploads),
    FLAG(portal_tells_nobody),
    WORD(portal_refund, portal_words, "portal_refund: expected a tradeStatus of the portal"),
};

int settings_word(const char *const *words, const char *word) {
    for (int i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}

static bool set_one(const struct setting *setting, void *place, const char *text) {
    int word = setting->words == NULL ? 0 : settings_word(setting->words, text);
    if (word < 0)
        return false;
    switch (setting->type) {
    case SETTING_FLAG:
        *(bool *)place = strcmp(text, "true") == 0;
        return true;
    case SETTING_NUMBER:
        *(int64_t *)place = strtoll(text, NULL, 10);
        return true;
    case SETTING_TEXT:
    case SETTING_WORD:
        text_set(place, setting->size, text);
        return true;
    case SETTING_INDEX:
        *(int *)place = word;
        return true;
    }
    return false;
}

const char *settings_set(struct settings *settings, const cJSON *request) {
    struct settings changed = *settings;
    for (size_t i = 0; i < sizeof all_settings / sizeof all_settings[0]; i++) {
        const struct setting *setting = &all_settings[i];
        const char *text = message_text(request, setting->name);
        if (text != NULL && !set_one(setting, (char *)&changed + setting->offset, text))
            return setting->wrong;
    }
    *settings = changed;
    return NULL;
}
