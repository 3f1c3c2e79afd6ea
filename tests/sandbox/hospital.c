#include "tests/sandbox/hospital.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/value.h"

static const struct patient patients[] = {
    {.card = "C10000001",
     .id_no = "11010519491231002X",
     .name = "张建丰",
     .gender = "1",
     .birthday = "1949-12-31",
     .phone = "13800000001",
     .social_card = "A12345678",
     .uid = "04A1B2C3"},
    {.card = "C10000002",
     .id_no = "350102195804121627",
     .name = "李秀英",
     .gender = "2",
     .birthday = "1958-04-12",
     .phone = "13800000002",
     .cust_ids = {"P20000021", "P20000022"}},
    {.card = "C10000003",
     .id_no = "350102199107030031",
     .name = "陈默",
     .gender = "1",
     .birthday = "1991-07-03",
     .phone = "13800000003"},
    {.card = "C10000004",
     .id_no = "350102196309201026",
     .name = "𬭎𠮷",
     .gender = "2",
     .birthday = "1963-09-20",
     .phone = "13800000004",
     .tip = "您有多张待缴单据，请核对就诊科室后再缴费；检查项目请先到分诊台登记。"},
    {.card = "W20001234",
     .id_no = "350102194702150043",
     .name = "王淑兰",
     .gender = "2",
     .birthday = "1947-02-15",
     .phone = "13800000005",
     .ward = "心内科三病区",
     .bed = "12",
     .cap_fen = 2000000,
     .start_fen = 35000},
    {.card = "W20005678",
     .id_no = "350102197208303511",
     .name = "林国栋",
     .gender = "1",
     .birthday = "1972-08-30",
     .phone = "13800000006",
     .ward = "骨科一病区",
     .bed = "3",
     .cap_fen = 50000},
    {.card = "C10000011",
     .id_no = "350102198503140027",
     .name = "赵海燕",
     .gender = "2",
     .birthday = "1985-03-14",
     .phone = "13800000011",
     .social_card = "A20000011"},
    {.card = "C10000012",
     .id_no = "420106197905220037",
     .name = "周江涛",
     .gender = "1",
     .birthday = "1979-05-22",
     .phone = "13800000012",
     .social_card = "A20000012"},
    {.card = "C10000013",
     .id_no = "350102195011060043",
     .name = "吴桂芳",
     .gender = "2",
     .birthday = "1950-11-06",
     .phone = "13800000013",
     .social_card = "A20000013"},
    {.card = "C10000014",
     .id_no = "350102201908090050",
     .name = "郑小雨",
     .gender = "2",
     .birthday = "2019-08-09",
     .phone = "13800000014",
     .social_card = "A20000014"},
    {.card = "C10000015",
     .id_no = "350102199901170015",
     .name = "冯立新",
     .gender = "1",
     .birthday = "1999-01-17",
     .phone = "13800000015"},
    {.card = "C10000016",
     .id_no = "350102198806300075",
     .name = "褚文博",
     .gender = "1",
     .birthday = "1988-06-30",
     .phone = "13800000016",
     .social_card = "A20000016"},
};
#define PATIENT_COUNT (sizeof patients / sizeof patients[0])

static const struct item items[] = {
    {"胸部CT平扫", "", "次", 9600, false, false},
    {"血常规五分类", "", "次", 2000, false, false},
    {"阿莫西林胶囊", "0.25g*24粒", "盒", 1250, true, false},
    {"专家门诊诊察费", "", "次", 3600, false, false},
    {"维生素B1片", "10mg*100片", "瓶", 120, true, false},
    {"静脉采血", "", "次", 350, false, false},
    {"肝功能十一项", "", "次", 6800, false, false},
    {"硝苯地平控释片", "30mg*7片", "盒", 2845, true, false},
    {"心电图", "十二导联", "次", 2500, false, false},
    {"一次性使用无菌注射器 带针", "5ml", "支", 85, false, false},
    {"中药代煎服务", "", "次", 800, false, true},
};
#define ITEM_COUNT (sizeof items / sizeof items[0])

static const struct item plain_item = {"门诊处置", "", "次", 0, false, false};

struct seed_bill {
    const char *card, *cust_id, *department, *doctor, *items;
};

static const struct seed_bill seed_bills[] = {
    {"C10000001", "C10000001", "呼吸内科", "周明远", "0*1 1*1 2*1"}, /* 128.50 */
    {"C10000001", "C10000001", "心血管内科", "何静", "3*1"},         /* 36.00 */
    {"C10000001", "C10000001", "便民门诊", "吴晓燕", "4*1"},         /* 1.20, drugs and a tip */
    {"C10000002", "P20000021", "消化内科", "郑海", "6*1 5*1"},
    {"C10000002", "P20000022", "眼科", "许文", "3*1 7*2"},
    {"C10000004", "C10000004", "内分泌科", "孙立",
     "0*1 1*2 2*3 3*1 4*2 5*1 6*1 7*2 8*1 9*3 0*1 1*1 2*1 3*1 4*1 5*2 6*1 7*1 8*2 9*4 "
     "0*1 1*3 2*2 3*1 4*5 5*1 6*2 7*1 8*1 9*1 0*2 1*1 2*1 3*2 4*1 5*3 6*1 7*3 8*1 9*2"},
    {"C10000004", "C10000004", "内分泌科", "孙立", "6*1"},
    {"C10000004", "C10000004", "神经内科", "赵一鸣", "0*1 8*1"},
    {"C10000004", "C10000004", "骨科", "钱程", "0*2"},
    {"C10000004", "C10000004", "皮肤科", "冯雪", "2*1 4*1"},
    {"C10000004", "C10000004", "口腔科", "蒋欣", "3*1"},
    {"C10000004", "C10000004", "耳鼻咽喉头颈外科", "沈阳", "1*1 5*1"},
    {"C10000004", "C10000004", "眼科", "许文", "3*1 8*1"},
    {"C10000004", "C10000004", "康复医学科", "韩冰", "9*10"},
    {"C10000004", "C10000004", "中医科", "杨柳", "7*1 4*3"},
    {"C10000004", "C10000004", "肾内科", "朱琳", "6*1 1*1 5*1"},
    {"C10000004", "C10000004", "体检中心", "秦岚", "1*1 6*1 8*1 0*1"},
    /* The insured family. */
    {"C10000011", "C10000011", "呼吸内科", "周明远", "0*1 1*1 2*1"},
    {"C10000011", "C10000011", "中医科", "杨柳", "7*1 10*2"},
    {"C10000012", "C10000012", "心血管内科", "何静", "3*1 8*1"},
    {"C10000013", "C10000013", "内分泌科", "孙立", "6*1 7*2 10*1"},
    {"C10000014", "C10000014", "儿科", "林晓", "1*1 2*1"},
    {"C10000015", "C10000015", "骨科", "钱程", "0*1"},
    {"C10000016", "C10000016", "消化内科", "郑海", "6*1 5*1"},
};

bool patient_is_inpatient(const struct patient *patient) {
    return patient->ward != NULL;
}

static bool has_cust_id(const struct patient *patient, const char *cust_id) {
    for (int i = 0; i < 2; i++)
        if (patient->cust_ids[i] != NULL && strcmp(patient->cust_ids[i], cust_id) == 0)
            return true;
    return false;
}

static bool is(const char *one, const char *other) {
    return one != NULL && strcmp(one, other) == 0;
}

/* 02 ID card; 03 social security card; 05 wristband; 04 and 10 hospital cards. */
static bool answers_to(const struct patient *patient, const char *cert_type, const char *cert_no) {
    if (strcmp(cert_type, "01") == 0) /* an e-insurance code is EC and the card */
        return strncmp(cert_no, "EC", 2) == 0 && strcmp(patient->card, cert_no + 2) == 0;
    if (strcmp(cert_type, "02") == 0)
        return strcmp(patient->id_no, cert_no) == 0;
    if (strcmp(cert_type, "03") == 0)
        return is(patient->social_card, cert_no);
    if (strcmp(cert_type, "05") == 0)
        return patient_is_inpatient(patient) && strcmp(patient->card, cert_no) == 0;
    if (strcmp(cert_type, "04") == 0 || strcmp(cert_type, "10") == 0)
        return !patient_is_inpatient(patient) &&
               (strcmp(patient->card, cert_no) == 0 || is(patient->uid, cert_no) ||
                has_cust_id(patient, cert_no));
    return false;
}

const struct patient *patient_find(const char *cert_type, const char *cert_no,
                                   const char *account_type) {
    bool any = account_type[0] == '\0';
    for (size_t i = 0; i < PATIENT_COUNT; i++) {
        const char *own = patient_is_inpatient(&patients[i]) ? "02" : "01";
        if (answers_to(&patients[i], cert_type, cert_no) && (any || strcmp(own, account_type) == 0))
            return &patients[i];
    }
    return NULL;
}

const struct patient *patient_by_id(const char *id_no) {
    return patient_find("02", id_no, "01");
}

const struct patient *patient_by_card(const char *card) {
    for (size_t i = 0; i < PATIENT_COUNT; i++)
        if (strcmp(patients[i].card, card) == 0)
            return &patients[i];
    return NULL;
}

int bill_items(const struct bill *bill, struct bill_item out[BILL_ITEMS_MAX]) {
    int count = 0;
    const char *at = bill->items;
    while (*at != '\0' && count < BILL_ITEMS_MAX) {
        char *end;
        const struct item *item = &items[(size_t)strtol(at, &end, 10) % ITEM_COUNT];
        int times = (int)strtol(end + 1, &end, 10);
        out[count++] = (struct bill_item){item, times, item->price_fen * times};
        at = *end == ' ' ? end + 1 : end;
    }
    if (count == 0)
        out[count++] = (struct bill_item){&plain_item, 1, bill->amount_fen};
    return count;
}

int64_t bill_outside_fen(const struct bill *bill) {
    struct bill_item rows[BILL_ITEMS_MAX];
    int64_t outside_fen = 0;
    int count = bill_items(bill, rows);
    for (int i = 0; i < count; i++)
        if (rows[i].item->outside)
            outside_fen += rows[i].amount_fen;
    return outside_fen;
}

bool bill_has_drugs(const struct bill *bill) {
    struct bill_item rows[BILL_ITEMS_MAX];
    int count = bill_items(bill, rows);
    for (int i = 0; i < count; i++)
        if (rows[i].item->drug)
            return true;
    return false;
}

/* MZ10000001-1, CF10000001-1: the card's digits and the how manieth bill of that card. */
static struct bill *add_bill(struct sandbox *sandbox, const struct seed_bill *seed) {
    struct rows *rows = &sandbox->books.bills;
    int nth = 1;
    for (int i = 0; i < rows->count; i++)
        nth += strcmp(((struct bill *)rows->at[i])->card, seed->card) == 0;
    struct bill *bill = rows_add(rows);
    snprintf(bill->org_trace_no, NO_SIZE, "MZ%.20s-%d", seed->card + 1, nth);
    snprintf(bill->doc_trace_no, NO_SIZE, "CF%.20s-%d", seed->card + 1, nth);
    text_set(bill->card, NO_SIZE, seed->card);
    text_set(bill->cust_id, NO_SIZE, seed->cust_id);
    text_set(bill->department, sizeof bill->department, seed->department);
    text_set(bill->doctor, sizeof bill->doctor, seed->doctor);
    text_set(bill->items, sizeof bill->items, seed->items);
    bill->begun_ms = sandbox_now_ms(sandbox) - INT64_C(600000) * nth;
    return bill;
}

/* "MZ10000001-1" becomes "MZ10000001-1.1", that "MZ10000001-1.2". */
static void next_number(char no[NO_SIZE]) {
    char *dot = strchr(no, '.');
    long nth = dot != NULL ? strtol(dot + 1, NULL, 10) : 0;
    size_t stem = dot != NULL ? (size_t)(dot - no) : strlen(no);
    snprintf(no + stem, NO_SIZE - stem, ".%ld", nth + 1);
}

void hospital_renumber(struct bill *bill) {
    if (bill->state != BILL_UNSETTLED)
        return;
    next_number(bill->org_trace_no);
    next_number(bill->doc_trace_no);
}

static void sum_up(struct bill *bill) {
    struct bill_item rows[BILL_ITEMS_MAX];
    int count = bill_items(bill, rows);
    for (int i = 0; i < count; i++)
        bill->amount_fen += rows[i].amount_fen;
}

void hospital_seed(struct sandbox *sandbox) {
    for (size_t i = 0; i < sizeof seed_bills / sizeof seed_bills[0]; i++)
        sum_up(add_bill(sandbox, &seed_bills[i]));
    for (size_t i = 0; i < PATIENT_COUNT; i++) {
        struct account *account = rows_add(&sandbox->books.accounts);
        text_set(account->card, NO_SIZE, patients[i].card);
        account->balance_fen = patients[i].start_fen;
    }
}

struct account *hospital_account(struct sandbox *sandbox, const char *card) {
    return ROWS_FIND(&sandbox->books.accounts, account, card, card);
}

struct bill *hospital_add_bill(struct sandbox *sandbox, const char *card, int64_t amount_fen) {
    const struct patient *patient = patient_by_card(card);
    if (patient == NULL || patient_is_inpatient(patient))
        return NULL;
    const char *cust_id = patient->cust_ids[0] != NULL ? patient->cust_ids[0] : patient->card;
    struct seed_bill seed = {patient->card, cust_id, "全科门诊", "罗文", ""};
    struct bill *bill = add_bill(sandbox, &seed);
    bill->amount_fen = amount_fen;
    return bill;
}

void hospital_tried(struct sandbox *sandbox, const char *card, const char *org_trace_no,
                    const char *call_sn, bool settled) {
    struct trial *trial = rows_add(&sandbox->books.trials);
    text_set(trial->card, NO_SIZE, card);
    text_set(trial->org_trace_no, NO_SIZE, org_trace_no);
    text_set(trial->call_sn, NO_SIZE, call_sn);
    trial->settled = settled;
    trial->at_ms = sandbox_now_ms(sandbox);
}

int64_t hospital_holds_fen(const struct sandbox *sandbox, const char *payment_no) {
    int64_t sum_fen = 0;
    const struct rows *credits = &sandbox->books.credits;
    for (int i = 0; i < credits->count; i++) {
        const struct credit *credit = credits->at[i];
        if (strcmp(credit->mch_trace_no, payment_no) == 0)
            sum_fen += credit->amount_fen - credit->cancelled_fen;
    }
    return sum_fen;
}
