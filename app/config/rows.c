/* Every member of the configuration, one row each. config/schema.json says the same to editors. */
#include "app/config/parts.h"

#define AT(member) offsetof(struct config, member)
#define TEXT(path, member, need, fallback)                                                         \
    { path, CONFIG_TEXT, AT(member), need, 0, 0, fallback, NULL }
#define SECRET(path, member, need)                                                                 \
    { path, CONFIG_SECRET, AT(member), need, 0, 0, NULL, NULL }
#define URL(path, member, need)                                                                    \
    { path, CONFIG_URL, AT(member), need, 0, 0, NULL, NULL }
#define FILE_PATH(path, member, fallback)                                                          \
    { path, CONFIG_PATH, AT(member), CONFIG_OPTIONAL, 0, 0, fallback, NULL }
#define NUMBER(path, type, member, need, least, most)                                              \
    { path, type, AT(member), need, least, most, NULL, NULL }
#define LIMIT(name, least)                                                                         \
    NUMBER("limits." #name, CONFIG_INT64, limits.name, CONFIG_OPTIONAL, least, DAY_MS)
#define DRIVER_LIMIT(name)                                                                         \
    NUMBER("driver_limits." #name, CONFIG_INT, driver_limits.name, CONFIG_OPTIONAL, 1, 600000)
#define FLAG(path, member)                                                                         \
    { path, CONFIG_BOOL, AT(member), CONFIG_OPTIONAL, 0, 0, NULL, NULL }
#define LIST(path, read)                                                                           \
    { path, CONFIG_LIST, 0, CONFIG_OPTIONAL, 0, 0, NULL, read }

#define DAY_MS INT64_C(86400000)
#define ID_MAX INT64_C(999999999999999) /* Long(15) */

const struct config_row config_rows[] = {
    FLAG("allow_plain", allow_plain),
    TEXT("terminal.id", terminal.id, CONFIG_REQUIRED, NULL),
    TEXT("terminal.no", terminal.no, CONFIG_REQUIRED, NULL),
    TEXT("terminal.operator_id", terminal.operator_id, CONFIG_OPTIONAL, NULL),
    TEXT("terminal.operator_name", terminal.operator_name, CONFIG_OPTIONAL, NULL),
    TEXT("terminal.org_code", terminal.org_code, CONFIG_REQUIRED, NULL),
    TEXT("terminal.sub_org_code", terminal.sub_org_code, CONFIG_OPTIONAL, NULL),
    TEXT("terminal.hospital_name", terminal.hospital_name, CONFIG_REQUIRED, NULL),
    TEXT("terminal.role", terminal.role, CONFIG_OPTIONAL, "kiosk"),
    NUMBER("terminal.language", CONFIG_LANGUAGE, terminal.language, CONFIG_OPTIONAL, 0, 0),
    LIST("terminal.panel_mm", config_list_panel_mm),
    LIST("terminal.panel_px", config_list_panel_px),
    NUMBER("terminal.rotation", CONFIG_INT, terminal.rotation, CONFIG_OPTIONAL, 0, 270),
    URL("his.base_url", his.base_url, CONFIG_REQUIRED),
    LIST("his.paths", config_list_his_paths),
    URL("platforms.upp.base_url", upp.base_url, CONFIG_REQUIRED_IN_SECTION),
    NUMBER("platforms.upp.isv_id", CONFIG_INT64, upp.isv_id, CONFIG_REQUIRED_IN_SECTION, 1, ID_MAX),
    NUMBER("platforms.upp.partner_id", CONFIG_INT64, upp.partner_id, CONFIG_REQUIRED_IN_SECTION, 1,
           ID_MAX),
    SECRET("platforms.upp.key", upp.key, CONFIG_REQUIRED_IN_SECTION),
    LIST("platforms.upp.paths", config_list_upp_paths),
    SECRET("privacy.hospital_key", privacy.hospital_key, CONFIG_OPTIONAL),
    LIST("channels", config_list_channels),
    FLAG("policy.outpatient_deposit", policy.outpatient_deposit),
    FLAG("policy.confirm_last4", policy.confirm_last4),
    NUMBER("policy.deposit_cap_fen", CONFIG_FEN, policy.deposit_cap, CONFIG_OPTIONAL, 1,
           MONEY_MAX_FEN),
    NUMBER("policy.order_max_fen", CONFIG_FEN, policy.order_max, CONFIG_OPTIONAL, 1, MONEY_MAX_FEN),
    NUMBER("policy.late_window_h", CONFIG_HOURS, policy.late_window_ms, CONFIG_OPTIONAL, 0,
           24 * 90),
    NUMBER("policy.late_window_ms", CONFIG_INT64, policy.late_window_ms, CONFIG_OPTIONAL, 0,
           90 * DAY_MS),
    LIST("policy.amount_presets_fen", config_list_presets),
    NUMBER("policy.patient_day_max_fen", CONFIG_FEN, policy.patient_day_max, CONFIG_OPTIONAL, 0,
           MONEY_MAX_FEN),
    NUMBER("policy.terminal_day_max_fen", CONFIG_FEN, policy.terminal_day_max, CONFIG_OPTIONAL, 0,
           MONEY_MAX_FEN),
    LIST("policy.hours", config_list_hours),
    LIST("policy.refund_age_days", config_list_refund_age),
    LIST("policy.refund_staff_confirm", config_list_refund_staff),
    LIMIT(idle_ms, 1),
    LIMIT(warn_ms, 1),
    LIMIT(guard_ms, 0),
    /* upp 4.2: a payment is asked about at least every 5 s. */
    NUMBER("limits.query_ms", CONFIG_INT64, limits.query_ms, CONFIG_OPTIONAL, 1, 5000),
    LIMIT(expire_ms, 1),
    LIMIT(answer_ms, 1),
    LIMIT(account_ms, 1),
    LIMIT(credit_quiet_ms, 0),
    LIMIT(credit_deadline_ms, 1),
    LIMIT(refund_deadline_ms, 1),
    LIMIT(result_ms, 1),
    LIMIT(settle_show_ms, 1),
    LIMIT(print_ms, 1),
    LIMIT(retry_max_ms, 1),
    DRIVER_LIMIT(poll_ms),
    DRIVER_LIMIT(stale_ms),
    DRIVER_LIMIT(reconnect_first_ms),
    DRIVER_LIMIT(reconnect_max_ms),
    DRIVER_LIMIT(print_ms),
    DRIVER_LIMIT(scan_gap_ms),
    DRIVER_LIMIT(transfer_ms),
    DRIVER_LIMIT(pos_ack_ms),
    DRIVER_LIMIT(pos_ms),
    LIST("codes", config_list_codes),
    LIST("devices", config_list_devices),
    FILE_PATH("journal.path", journal_path, "journal.db"),
    TEXT("receipt.title", receipt.title, CONFIG_OPTIONAL, NULL),
    TEXT("receipt.footer", receipt.footer, CONFIG_OPTIONAL, NULL),
    FLAG("receipt.automatic", receipt.automatic),
    SECRET("staff.pin_hash", staff.pin_hash, CONFIG_OPTIONAL),
    TEXT("staff.phone", staff.phone, CONFIG_OPTIONAL, NULL),
    FLAG("bench.raw_calls", bench.raw_calls),
    URL("bench.sandbox_url", bench.sandbox_url, CONFIG_OPTIONAL),
    FILE_PATH("bench.usb_socket", bench.usb_socket, NULL),
    FILE_PATH("log.path", log_path, NULL),
    FILE_PATH("log.trace", trace_path, NULL),
    FILE_PATH("control.path", control_path, NULL),
    {NULL, CONFIG_TEXT, 0, CONFIG_OPTIONAL, 0, 0, NULL, NULL}};
