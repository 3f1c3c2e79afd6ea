/* Section `codes`: the forms of the codes on the hospital's cards and wristbands. */
#include "app/config/code_rules.h"

#include <string.h>

#include "app/config/list.h"
#include "app/wire/json.h"

static bool read_code_rule(struct config_loading *loading, const char *path, const cJSON *row,
                           void *section) {
    struct config_codes *codes = section;
    struct code_rule *rule = &codes->rules[codes->count];
    static const char *const known[] = {"kind",       "prefix",      "length", "length_min",
                                        "length_max", "digits_only", NULL};
    static const char *const kinds[IDENTITY_COUNT + 1] = {
        "",          "e_insurance",   "id_card", "social_card", "health_card",
        "wristband", "hospital_card", NULL};
    if (!config_only_known(loading, path, row, known))
        return false;
    int kind = config_member_word(loading, path, row, "kind", kinds);
    int64_t length, least, most;
    if (kind < 0 ||
        !config_member_whole(loading, path, row, "length", TRACE_NO_SIZE - 1, 0, &length) ||
        !config_member_whole(loading, path, row, "length_min", TRACE_NO_SIZE - 1, length, &least) ||
        !config_member_whole(loading, path, row, "length_max", TRACE_NO_SIZE - 1, length, &most) ||
        !config_member_flag(loading, path, row, "digits_only", &rule->digits_only))
        return false;
    if (least < 1 || most < least)
        return config_complain(loading, path, NULL, false, "length, or length_min and length_max");
    const cJSON *prefix = wire_member(row, "prefix");
    const char *text = prefix == NULL ? "" : cJSON_IsString(prefix) ? prefix->valuestring : NULL;
    if (text == NULL || strlen(text) >= sizeof rule->prefix)
        return config_complain(loading, path, prefix, false, "a prefix of at most 15 bytes");
    rule->kind = (enum identity_kind)kind;
    rule->length_min = (uint8_t)least;
    rule->length_max = (uint8_t)most;
    strcpy(rule->prefix, text);
    codes->count++;
    return true;
}

static bool read_codes(struct config_loading *loading, const char *path, const cJSON *item,
                       void *section) {
    return config_each(loading, path, item, CODE_RULES_MAX, section, read_code_rule);
}

static const struct config_row code_rows[] = {{"codes", CONFIG_LIST, .list = read_codes}, {0}};

const struct config_section config_codes_section = {.size = sizeof(struct config_codes),
                                                    .rows = code_rows};

const struct config_codes *config_codes(const struct config *config) {
    return config_section(config, &config_codes_section);
}
