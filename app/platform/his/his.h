/* The hospital's system (amp-portal.txt, ORG_001 to ORG_009; mmpc 2.1 and 2.4): what its files
 * share. */
#ifndef HOPKIOSK_PLATFORM_HIS_HIS_H
#define HOPKIOSK_PLATFORM_HIS_HIS_H

#include "app/config/paths.h"
#include "app/platform/platform.h"

extern const struct platform platform_his;

/* ORG_003's setl_time, which its document does not require. */
enum his_setl_time {
    HIS_SETL_TIME_NONE = 0,
    HIS_SETL_TIME_DOCUMENT, /* yyyy-MM-dd HH:mm:ss */
    HIS_SETL_TIME_EPOCH_MS
};

/* `his`: where the hospital's system is, and how it differs from its document. */
struct his_config {
    char *base_url;
    struct config_paths paths;
    struct wire_trust trust;
    enum settle_result settle_result;
    enum his_setl_time setl_time;
    bool names_operations;    /* `operations` stands: the hospital has */
    uint32_t operations_bits; /* ... these, by index of his_table */
};
extern const struct config_section his_section;
const struct his_config *his_config(const struct config *config);
const struct wire_trust *his_trust(const struct config *config);
/* Does this hospital have the operation that serves the verb? */
bool his_has(const struct config *config, enum verb verb);
bool his_has_operation(const struct config *config, const struct wire_operation *row);

enum his_kind {
    HIS_ACCOUNT = 0, /* ORG_001 */
    HIS_BILLS,       /* ORG_002 */
    HIS_SETTLE,      /* ORG_003 */
    HIS_ASK_SETTLE,  /* ORG_004 */
    HIS_CANCEL,      /* ORG_005 */
    HIS_TIPS,        /* ORG_006 */
    HIS_PREORDER,    /* ORG_007 */
    HIS_HS_TRADES,   /* ORG_008 */
    HIS_HS_CANCEL,   /* ORG_009 */
    HIS_MMPC_FEES,   /* mmpc 2.1 */
    HIS_MMPC_LIST,   /* mmpc 2.4 */
    HIS_BOOKED       /* upp 5.1 */
};

extern const struct wire_operation his_table[]; /* ended by a NULL name */
extern const struct field his_fields_account[], his_fields_bills[], his_fields_settle[],
    his_fields_ask_settle[], his_fields_cancel[], his_fields_tips[], his_fields_preorder[],
    his_fields_hs_trades[], his_fields_hs_cancel[], his_fields_mmpc_fees[], his_fields_mmpc_list[],
    his_fields_booked[];

const char *his_compose(const struct config *config, const struct platform_act *act,
                        cJSON *members);
/* The operation for a question of a visit, its members added to `members`; NULL: none. */
const char *his_ask(const struct question *question, cJSON *members);
void his_read(const struct config *config, const char *operation, const cJSON *sent,
              int http_status, const char *body, size_t length, struct wire_reading *out);

/* False: the operation is none of those about insurance, and nothing is read. */
bool his_read_insurance(enum his_kind kind, const cJSON *sent, struct wire_reading *out);
/* An amount of the hospital's: zeros beyond two decimals say nothing, a real third one is none. */
bool his_amount(const cJSON *object, const char *name, struct fen *out);
/* Each allocates out->document, or leaves MALFORMED and why; true when the answer holds. */
bool his_read_account(const struct config *config, const cJSON *tree, const cJSON *sent,
                      struct wire_reading *out);
bool his_read_bills(const struct config *config, const cJSON *tree, struct wire_reading *out);
/* bill_keys.c: the keys of a line, and of a bill whose lines have theirs. A feedetl_sn that stands
 * in two bills of one list names no line anywhere: then none has a key. */
void his_name_line(const char *institution, const cJSON *row, struct bill_line *line);
void his_name_bill(const cJSON *row, const struct bill_list *list, struct bill *bill);
void his_forget_shared_lines(struct bill_list *list);
/* `strict`: more than fits is malformed. Without it only the guidance is left out: an answer about
 * money is not lost for a long list of tips. */
bool his_read_guidance(const cJSON *tree, bool strict, struct wire_reading *out);

#endif
