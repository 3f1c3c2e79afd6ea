#include "app/shell/not_offered.h"

#include "app/config/rules.h"
#include "app/core/terms/policy.h"
#include "app/platform/platform.h"
#include "app/shell/settings.h"

static const struct policy *policy_in(const struct config *config) {
    return &config_rules(config)->policy;
}

static bool takes_insurance(const struct config *config) {
    return policy_in(config)->channels[CHANNEL_INSURANCE];
}

static bool pushes(const struct config *config) {
    return takes_insurance(config) && policy_pushes(policy_in(config));
}

/* Its questions and its refunds; a portal's refund wants neither a name nor a code. */
static bool centre_names_person(const struct config *config) {
    return takes_insurance(config) && !pushes(config) && platform_insurance_names_person(config);
}

static bool has_no_display(const struct config *config) {
    return takes_insurance(config) && !pushes(config) &&
           settings_of(config)->desk_displays[0] == '\0';
}

static bool has_no_window(const struct config *config) {
    return takes_insurance(config) && !settings_of(config)->desk_window;
}

static bool own_part_is_here(const struct config *config) {
    return takes_insurance(config) && platform_own_part_here(config);
}

static bool own_part_by_card_or_phone(const struct config *config) {
    const bool *channels = policy_in(config)->channels;
    return own_part_is_here(config) && (channels[CHANNEL_CARD] || channels[CHANNEL_PHONE]);
}

static bool own_part_of_messages(const struct config *config) {
    return pushes(config) && platform_own_part_wanted(config);
}

/* Whom it concerns, when, and what they read. */
static const struct {
    bool kiosk, desk;
    bool (*is_so)(const struct config *config);
    const char *line;
} rows[] = {
    {false, true, pushes,
     "insurance at the cashier's window: policy.insurance sends messages to phones, and the number "
     "of a caller's bill is none that the hospital could be asked about afterwards"},
    {false, true, centre_names_person,
     "insurance at the cashier's window: platforms.mmpc.dialect national names the patient in its "
     "questions, and no call tells the name whole"},
    {false, true, has_no_window,
     "insurance for window software: desk.window is false, and nobody scans the patient's code"},
    {false, true, has_no_display,
     "insurance at the cashier's window: desk.displays names no display for the centre's code"},
    {false, true, own_part_is_here,
     "the own part at the cashier's window: platforms.mmpc.own_part terminal is for visits, a "
     "call's own part stays with the centre"},
    {true, false, own_part_by_card_or_phone,
     "the own part by card or by a phone's code: what the insurance leaves open is paid with a "
     "code on the screen"},
    {true, true, own_part_of_messages,
     "platforms.mmpc.own_part terminal where policy.insurance sends messages: the portal takes the "
     "own part"},
    {true, false, centre_names_person,
     "refunds of insured bills without the patient's e-insurance code: platforms.mmpc.dialect "
     "national wants it again"},
};
_Static_assert(sizeof rows / sizeof rows[0] == NOT_OFFERED_MAX, "a line each");

int not_offered(const struct config *config, bool desk, const char *lines[NOT_OFFERED_MAX]) {
    int count = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if ((desk ? rows[i].desk : rows[i].kiosk) && rows[i].is_so(config))
            lines[count++] = rows[i].line;
    return count;
}
