/* What a configuration asks for and nobody gives is said at the start, to whom it concerns. */
#include "tests/support/config_fixture.h"

#include "app/shell/not_offered.h"

#define CENTRE "\"base_url\":\"https://m.example.test\",\"app_id\":\"0123456789ABCDEF\""
#define PORTAL                                                                                     \
    "\"amp\":{\"server_addr\":\"https://a.example.test\",\"app_key\":\"k\","                       \
    "\"app_id\":\"0123456789ABCDEF\"}"
/* Channels, the policy's insurance, members of the centre and of the desk. */
#define SITE(channels, insurance, centre, desk)                                                    \
    "{" TERMINAL ",\"his\":{\"base_url\":\"http://127.0.0.1:1/his\",\"settle_result\":\"order\"}," \
    "\"channels\":[" channels "],\"policy\":{\"insurance\":\"" insurance "\"},\"platforms\":{"     \
    "\"upp\":{\"base_url\":\"https://pay.example.test\",\"isv_id\":2,\"partner_id\":1,"            \
    "\"key\":\"k\"}," PORTAL ",\"mmpc\":{" CENTRE centre "}}" desk "}"
#define DISPLAY ",\"desk\":{\"displays\":\"1\"}"
#define NATIONAL ",\"dialect\":\"national\",\"org_codg\":\"H1\""
#define OWN_PART ",\"own_part\":\"terminal\""

/* The lines begin with these words, in this order. */
static void says(const char *text, bool desk, const char *const starts[NOT_OFFERED_MAX]) {
    struct config config;
    const char *lines[NOT_OFFERED_MAX];
    int wanted = 0;
    loads(text, &config);
    int count = not_offered(&config, desk, lines);
    while (wanted < NOT_OFFERED_MAX && starts[wanted] != NULL)
        wanted++;
    assert_int_equal(count, wanted);
    for (int i = 0; i < count; i++)
        if (strncmp(lines[i], starts[i], strlen(starts[i])) != 0)
            fail_msg("%s, not %s", lines[i], starts[i]);
    config_free(&config);
}

#define NOTHING                                                                                    \
    (const char *const[NOT_OFFERED_MAX]) {                                                         \
        NULL                                                                                       \
    }
#define LINES(...)                                                                                 \
    (const char *const[NOT_OFFERED_MAX]) {                                                         \
        __VA_ARGS__                                                                                \
    }

static void what_is_offered_needs_no_words(void **state) {
    (void)state;
    says("{" SMALL "}", false, NOTHING);
    says("{" SMALL "}", true, NOTHING);
    says(SITE("\"wechat\",\"insurance\"", "mmpc", "", DISPLAY), false, NOTHING);
    says(SITE("\"wechat\",\"insurance\"", "mmpc", "", DISPLAY), true, NOTHING);
    says(SITE("\"wechat\",\"insurance\"", "amp", "", DISPLAY), false, NOTHING);
    says(SITE("\"wechat\",\"insurance\"", "amp_uploaded", "", DISPLAY), false, NOTHING);
    says(SITE("\"wechat\",\"insurance\"", "amp_uploaded", NATIONAL, DISPLAY), false, NOTHING);
    says(SITE("\"wechat\",\"insurance\"", "mmpc", OWN_PART, DISPLAY), false, NOTHING);
    /* Without the channel nobody asks for it. */
    says(SITE("\"wechat\",\"card\"", "amp", OWN_PART, ""), true, NOTHING);
    says(SITE("\"wechat\",\"card\"", "mmpc", NATIONAL, ""), false, NOTHING);
}

static void a_desk_is_told_what_it_cannot_take(void **state) {
    (void)state;
    const char *at_window = "insurance at the cashier's window: policy.insurance sends messages";
    says(SITE("\"wechat\",\"insurance\"", "amp", "", ""), true, LINES(at_window));
    says(SITE("\"wechat\",\"insurance\"", "amp_uploaded", NATIONAL, ""), true, LINES(at_window));
    says(SITE("\"wechat\",\"insurance\"", "mmpc", NATIONAL, DISPLAY), true,
         LINES("insurance at the cashier's window: platforms.mmpc.dialect national"));
    says(SITE("\"wechat\",\"insurance\"", "mmpc", "", ""), true,
         LINES("insurance at the cashier's window: desk.displays names no display"));
    says(SITE("\"wechat\",\"insurance\"", "mmpc", "",
              ",\"desk\":{\"displays\":\"1\",\"window\":false}"),
         true, LINES("insurance for window software: desk.window is false"));
    says(SITE("\"wechat\",\"insurance\"", "mmpc", OWN_PART, DISPLAY), true,
         LINES("the own part at the cashier's window"));
}

static void a_kiosk_is_told_too(void **state) {
    (void)state;
    for (int i = 0; i < 2; i++)
        says(i == 0 ? SITE("\"wechat\",\"insurance\",\"card\"", "mmpc", OWN_PART, "")
                    : SITE("\"wechat\",\"insurance\",\"phone\"", "mmpc", OWN_PART, ""),
             false, LINES("the own part by card or by a phone's code"));
    says(SITE("\"wechat\",\"insurance\"", "amp", OWN_PART, ""), false,
         LINES("platforms.mmpc.own_part terminal where policy.insurance sends messages"));
    says(SITE("\"wechat\",\"insurance\"", "mmpc", NATIONAL, ""), false,
         LINES("refunds of insured bills without the patient's e-insurance code"));
}

/* What would take money that nobody could return, or sell what nobody sells, does not start. */
static void what_cannot_be_is_refused_by_name(void **state) {
    (void)state;
    refused(SITE("\"wechat\",\"insurance\"", "mmpc", NATIONAL OWN_PART, ""),
            "platforms.mmpc.own_part: expected centre where dialect is national, got \"terminal\"");
    refused(SITE("\"card\",\"insurance\"", "mmpc", OWN_PART, ""),
            "channels: expected a code among the channels for \"insurance\", got none");
    refused("{" TERMINAL "," HIS ",\"channels\":[\"one\",\"insurance\"],\"platforms\":{"
            "\"mmpc\":{" CENTRE OWN_PART "},\"onepay\":{\"serveraddr\":\"https://o.example.test\","
            "\"appid\":\"0123456789ABCDEF\",\"appsecret\":\"FEDCBA9876543210\"}}}",
            "channels: expected platforms.upp for \"insurance\", got none");
    refused("{" TERMINAL "," HIS ",\"channels\":[\"one\",\"insurance\"],\"policy\":{\"wallets\":"
            "\"onepay\"},\"platforms\":{\"upp\":{\"base_url\":\"https://pay.example.test\","
            "\"isv_id\":2,\"partner_id\":1,\"key\":\"k\"},"
            "\"mmpc\":{" CENTRE OWN_PART "},\"onepay\":{\"serveraddr\":\"https://o.example.test\","
            "\"appid\":\"0123456789ABCDEF\",\"appsecret\":\"FEDCBA9876543210\"}}}",
            "channels: expected policy.wallets upp for \"insurance\", got none");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_offered_needs_no_words),
        cmocka_unit_test(a_desk_is_told_what_it_cannot_take),
        cmocka_unit_test(a_kiosk_is_told_too),
        cmocka_unit_test(what_cannot_be_is_refused_by_name),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
