/* Who somebody is: the first screen, the ways to say who one is, the question whether it is so. */
#include "tests/support/samples/parts.h"

static void services(struct view *v) {
    v->of.welcome.count = 4;
    for (int i = 0; i < 4; i++)
        v->of.welcome.services[i] = (struct view_service){i < 2 ? i + 1 : 6 - i, true, ""};
}
static void welcome(struct view *v) {
    v->screen = SCREEN_WELCOME;
    v->can_back = v->can_home = false;
    v->can_staff = true;
    v->of.welcome.scanner = v->of.welcome.direct = true;
    services(v);
}
static void welcome_two(struct view *v) {
    welcome(v);
    v->of.welcome.count = 2;
}
static void welcome_trouble(struct view *v) {
    welcome(v);
    v->of.welcome.count = 4;
    v->of.welcome.services[1] = (struct view_service){2, false, "reason.journal"};
    v->of.welcome.services[2] = (struct view_service){3, false, "reason.hours"};
    v->of.welcome.services[3] = (struct view_service){4, true, ""};
    v->of.welcome.scanner = false;
    v->of.welcome.id_reader = true;
    v->device_notice_count = 2;
    v->device_notice_keys[0] = "notice.no_paper";
    v->device_notice_keys[1] = "notice.scanner_absent";
}
/* Nothing that is paid for can be done; what was paid can still be looked up. */
static void welcome_offline(struct view *v) {
    welcome(v);
    for (int i = 0; i < 2; i++)
        v->of.welcome.services[i] = (struct view_service){i + 1, false, "reason.journal"};
}
/* In the evening: what was paid can still be looked up. */
static void welcome_closed(struct view *v) {
    welcome(v);
    for (int i = 0; i < v->of.welcome.count; i++)
        if (v->of.welcome.services[i].service != 4)
            v->of.welcome.services[i] =
                (struct view_service){v->of.welcome.services[i].service, false, "reason.hours"};
}
static void service(struct view *v) {
    v->screen = SCREEN_SERVICE;
    v->of.welcome.scanner = true;
    services(v);
}
static void service_identified(struct view *v) {
    service(v);
    v->of.welcome.count = 2;
    v->of.welcome.identified = true;
}
static void identify(struct view *v) {
    v->screen = SCREEN_IDENTIFY;
    sample_steps(v, 1);
    v->of.identify.service = 1;
    v->of.identify.scanner = true;
}
/* The hospital cannot be reached. */
static void identify_offline(struct view *v) {
    identify(v);
    v->notice_key = "notice.his_down";
    v->notice_code = "H2";
}
static void identify_unread(struct view *v) {
    identify(v);
    v->notice_key = "notice.code_unreadable";
}
static void keypad_unknown(struct view *v) {
    sample_keypad(v);
    v->notice_key = "notice.no_patient";
    v->notice_code = "HIS-01";
}
static void identify_all(struct view *v) {
    identify(v);
    v->of.identify.id_reader = v->of.identify.card_reader = true;
    v->notice_key = "notice.no_patient";
    v->notice_code = "HIS-01";
}
static void identify_none(struct view *v) {
    identify(v);
    v->of.identify.scanner = false;
}
void sample_keypad(struct view *v) {
    v->screen = SCREEN_KEYPAD;
    sample_steps(v, 1);
    v->of.keypad.title_key = "keypad.card_no";
    v->of.keypad.typed = "C1000";
    v->of.keypad.length_min = 4;
    v->of.keypad.length_max = 20;
    v->of.keypad.letters = true;
    v->of.keypad.prefixes = "CWP";
}
static void keypad_board(struct view *v) {
    sample_keypad(v);
    v->of.keypad.board = true;
    v->of.keypad.typed = "PL";
}
static void keypad_last4(struct view *v) {
    sample_keypad(v);
    v->of.keypad.title_key = "keypad.last4";
    v->of.keypad.typed = "00";
    v->of.keypad.masked = v->of.keypad.x = true;
    v->of.keypad.letters = false;
    v->notice_key = "notice.last4_wrong";
}
static void confirm(struct view *v) {
    v->screen = SCREEN_CONFIRM;
    sample_steps(v, 1);
    v->account = sample_inpatient;
}
/* The journal could not be read. */
static void confirm_no_records(struct view *v) {
    confirm(v);
    v->notice_key = "notice.records_failed";
    v->notice_code = "J3";
}
/* It closed while somebody stood there. */
static void confirm_closed(struct view *v) {
    confirm(v);
    v->notice_key = "notice.hours";
    v->of.confirm.closed = true;
}
/* Known already, and then the list was not to be had: asked again with "go on". */
static void confirm_offline(struct view *v) {
    confirm(v);
    v->notice_key = "notice.his_slow";
    v->notice_code = "H1";
}
static void confirm_hidden(struct view *v) {
    confirm(v);
    v->account = sample_outpatient;
    v->account.name = "𬭎*𠮷";
    v->of.confirm.hidden = v->of.confirm.asks_last4 = true;
}
/* Joined letters, from right to left. */
static void confirm_uyghur(struct view *v) {
    confirm_hidden(v);
    v->account.name = "ئابدۇراخمان م*مەت";
}
/* Hospitals send what they like: nothing may leave its box for it. */
static void confirm_long(struct view *v) {
    confirm(v);
    v->account.name = SAMPLE_LONG_NAME;
    v->account.ward = SAMPLE_LONG_NAME;
    v->account.bed = "0123456789012345678901234567890123456789";
    v->account.card_no = "0123456789012345678901234567890123456789";
}
static void cards(struct view *v) {
    v->screen = SCREEN_CARDS;
    sample_steps(v, 1);
    sample_is_known(v, &sample_outpatient);
    v->of.cards.count = 2;
    for (int i = 0; i < 16; i++)
        v->of.cards.cards[i] = (struct view_card){"C1000****2", i % 3 ? "诊疗卡" : "", "2024-03-18",
                                                  i % 2 == 0, 2350 * i};
}
static void cards_many(struct view *v) {
    cards(v);
    v->of.cards.count = 16;
}
static void cards_long(struct view *v) {
    cards(v);
    v->of.cards.count = 5;
    for (int i = 0; i < 5; i++)
        v->of.cards.cards[i] = (struct view_card){SAMPLE_LONG_NAME, SAMPLE_LONG_NAME,
                                                  SAMPLE_LONG_NAME, true, 9999999999};
}

const struct sample samples_who[] = {
    {"welcome", welcome},
    {"welcome-two", welcome_two},
    {"welcome-trouble", welcome_trouble},
    {"welcome-offline", welcome_offline},
    {"welcome-closed", welcome_closed},
    {"service", service},
    {"service-identified", service_identified},
    {"identify", identify},
    {"identify-offline", identify_offline},
    {"identify-unread", identify_unread},
    {"identify-all", identify_all},
    {"identify-none", identify_none},
    {"keypad", sample_keypad},
    {"keypad-unknown", keypad_unknown},
    {"keypad-board", keypad_board},
    {"keypad-last4", keypad_last4},
    {"confirm", confirm},
    {"confirm-offline", confirm_offline},
    {"confirm-no-records", confirm_no_records},
    {"confirm-closed", confirm_closed},
    {"confirm-hidden", confirm_hidden},
    {"confirm-uyghur", confirm_uyghur},
    {"cards", cards},
    {"cards-many", cards_many},
    {"confirm-long", confirm_long},
    {"cards-long", cards_long},
    {NULL, NULL},
};
