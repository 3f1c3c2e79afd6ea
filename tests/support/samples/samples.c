/* The samples of all files as one row, and a view of each. */
#include "tests/support/samples/parts.h"

#include <string.h>

const struct panel panels[] = {
    {"portrait", 1080, 1920, 268, 476},
    {"landscape", 1920, 1080, 476, 268},
    {"small", 1280, 800, 318, 199},
};
const int panel_count = (int)(sizeof panels / sizeof panels[0]);

struct ui_options panel_options(const struct panel *panel) {
    return (struct ui_options){.headless = true,
                               .width = panel->width,
                               .height = panel->height,
                               .panel_width_mm = panel->width_mm,
                               .panel_height_mm = panel->height_mm,
                               .assets_dir = "assets"};
}

const struct sample_mode sample_modes[] = {
    {"", {false, false, false}},
    {"elder", {.elder = true}},
    {"low", {.low = true}},
    {"dark", {.dark = true}},
    {"elder-low", {.elder = true, .low = true}},
};
const int sample_mode_count = (int)(sizeof sample_modes / sizeof sample_modes[0]);

static const struct sample *const groups[] = {samples_who,    samples_choose,  samples_pay,
                                              samples_result, samples_records, samples_staff};

const struct sample *sample_at(int n) {
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        for (const struct sample *sample = groups[i]; sample->name != NULL; sample++)
            if (n-- == 0)
                return sample;
    return NULL;
}

int sample_count(void) {
    int count = 0;
    while (sample_at(count) != NULL)
        count++;
    return count;
}

const struct sample *sample_named(const char *name) {
    const struct sample *sample = NULL;
    for (int i = 0; (sample = sample_at(i)) != NULL; i++)
        if (strcmp(sample->name, name) == 0)
            return sample;
    return NULL;
}

const struct view_account sample_outpatient = {.name = "张*丰",
                                               .id_no = "110105********002X",
                                               .card_no = "C1***0001",
                                               .number_key = "who.card",
                                               .number = "C1***0001",
                                               .ward = "",
                                               .bed = "",
                                               .age = "62"};
const struct view_account sample_inpatient = {.name = "王*兰",
                                              .id_no = "110105********1224",
                                              .card_no = "W2***1234",
                                              .number_key = "who.inpatient",
                                              .number = "W2***1234",
                                              .ward = "心内科三病区",
                                              .bed = "12床",
                                              .age = "",
                                              .inpatient = true,
                                              .has_balance = true,
                                              .balance_fen = 35000};

static bool panel_is_wide; /* of the sample that is made */

int sample_page_holds(const struct view *v, enum page_of what) {
    return rows_a_page(what, (struct page_shape){panel_is_wide, v->mode.elder, v->mode.low});
}

void sample_is_known(struct view *v, const struct view_account *account) {
    v->identified = true;
    v->account = *account;
}

void sample_steps(struct view *v, int now) {
    static const char *const keys[VIEW_STEPS] = {"step.1", "step.2", "step.3", "step.4"};
    v->has_steps = true;
    for (int i = 0; i < VIEW_STEPS; i++)
        v->steps[i] = (struct view_step){i + 1 < now    ? STEP_DONE
                                         : i + 1 == now ? STEP_NOW
                                                        : STEP_LATER,
                                         keys[i]};
}
void sample_step_is(struct view *v, int step, enum view_step_state state, const char *key) {
    v->steps[step - 1] = (struct view_step){state, key};
}

struct view_check sample_check(enum view_check_state state, const char *key, const char *at) {
    return (struct view_check){state, key, "", at[0] ? "check.at" : "", at};
}

void sample_view(const struct sample *sample, const struct panel *panel,
                 enum view_language language, struct view_mode mode, struct view *out) {
    static uint32_t revision;
    memset(out, 0, sizeof *out);
    out->revision = ++revision;
    out->language = language;
    out->mode = mode;
    out->hospital_name = "福州市第一医院";
    out->terminal_no = "0001";
    out->clock = "2026-11-20 11:24";
    out->phone = "0591-8765 4321";
    out->account = view_nobody();
    out->what_key = "";
    out->back_key = "nav.back";
    out->can_back = out->can_home = out->can_help = true;
    out->notice_key = out->notice_code = "";
    panel_is_wide = panel->width > panel->height;
    sample->fill(out);
}
