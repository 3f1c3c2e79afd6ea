/* The portal's trade file: a ZIP of one CSV with a backtick before each value. The same day gives
 * the same bytes. */
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "tests/sandbox/hospital.h"
#include "tests/sandbox/portal.h"
#include "tests/sandbox/value.h"

struct sums {
    int trades, refunds;
    int64_t traded_fen, refunded_fen;
};

static const char heading[] =
    "交易时间,交易完成时间,机构编码,分院编号,机构名称,医保结算时间,院内结算流水号,平台订单号,"
    "区域医保支付门户单据跟踪号,支付渠道订单号,省医保移动支付中心订单号,医保挂号登记号,医保结算ID,"
    "医药机构结算ID,医保就诊ID,医保人员编号,费用总额,个人账户支付额,个人现金支付额,"
    "医保统筹基金支付额,商户订单号,用户证件号,用户证件类型,患者费别,交易类型,交易状态,"
    "支付渠道类型,发送方报文ID\n";

static void print_values(FILE *out, const char *const *values, int count) {
    for (int i = 0; i < count; i++)
        fprintf(out, "`%s%c", values[i], i + 1 < count ? ',' : '\n');
}

static void print_trade(const struct sandbox *sandbox, FILE *out, const struct push *push,
                        int64_t at_ms, int64_t amount_fen, int64_t own_fen, bool refund) {
    char time[MOMENT_SIZE], sum[YUAN_SIZE], own[YUAN_SIZE], account[YUAN_SIZE], fund[YUAN_SIZE];
    const struct credit *credit =
        ROWS_FIND(&sandbox->books.credits, credit, amp_trace_id, push->amp_trace_id);
    bool whole = credit != NULL && amount_fen == push->amount_fen;
    moment_write(at_ms, time);
    yuan_write(amount_fen, sum);
    yuan_write(own_fen, own);
    yuan_write(whole ? credit->account_fen : 0, account);
    yuan_write(whole ? credit->fund_fen : 0, fund);
    const char *setl_id = credit == NULL ? "" : credit->setl_id;
    const char *const values[] = {time,
                                  time,
                                  ORG_CODE,
                                  "",
                                  "示范医院",
                                  time,
                                  push->call_sn,
                                  push->trace_id,
                                  push->amp_trace_id,
                                  push->trace_id,
                                  "",
                                  "",
                                  setl_id,
                                  "",
                                  credit == NULL ? "" : credit->mdtrt_id,
                                  credit == NULL ? "" : credit->psn_no,
                                  sum,
                                  account,
                                  own,
                                  fund,
                                  push->med_org_ord,
                                  push->id_no,
                                  "01",
                                  setl_id[0] != '\0' ? "01" : "00",
                                  refund ? "REFUND" : "TRADE",
                                  refund ? "REFUND" : "SUCCESS",
                                  "ALI",
                                  ""};
    print_values(out, values, (int)(sizeof values / sizeof values[0]));
}

static void print_trades(const struct sandbox *sandbox, FILE *out, int64_t from_ms,
                         struct sums *sums) {
    const struct rows *pushes = &sandbox->books.pushes;
    for (int i = 0; i < pushes->count; i++) {
        const struct push *push = pushes->at[i];
        if (push->paid_ms < from_ms || push->paid_ms >= from_ms + DAY_MS)
            continue;
        print_trade(sandbox, out, push, push->paid_ms, push->amount_fen, push->own_fen, false);
        sums->trades++;
        sums->traded_fen += push->amount_fen;
    }
}

static void print_refunds(const struct sandbox *sandbox, FILE *out, int64_t from_ms,
                          struct sums *sums) {
    const struct rows *refunds = &sandbox->books.portal_refunds;
    for (int i = 0; i < refunds->count; i++) {
        const struct portal_refund *refund = refunds->at[i];
        const struct push *push =
            ROWS_FIND(&sandbox->books.pushes, push, trace_id, refund->trace_id);
        if (push == NULL || strcmp(refund->status, "FAIL") == 0 || refund->made_ms < from_ms ||
            refund->made_ms >= from_ms + DAY_MS)
            continue;
        bool own = strcmp(refund->type, "01") == 0;
        print_trade(sandbox, out, push, refund->made_ms, refund->amount_fen,
                    own ? refund->amount_fen : push->own_fen, true);
        sums->refunds++;
        sums->refunded_fen += refund->amount_fen;
    }
}

struct made_trades {
    FILE *out;
    const char *type;
    struct sums *sums;
};

static void print_made(void *context, const struct day_row *made) {
    const struct made_trades *trades = context;
    const struct deal *deal = made->deal;
    char time[MOMENT_SIZE], sum[YUAN_SIZE];
    if (strcmp(trades->type, deal->refund ? "CONSUME" : "REFUND") == 0)
        return;
    moment_write(made->at_ms, time);
    yuan_write(made->fen, sum);
    const char *const values[] = {time,
                                  time,
                                  ORG_CODE,
                                  "",
                                  "示范医院",
                                  time,
                                  deal->unproven ? "" : deal->call_sn,
                                  deal->out_no,
                                  deal->in_no,
                                  deal->in_no,
                                  "",
                                  "",
                                  deal->setl_id,
                                  "",
                                  "",
                                  "",
                                  sum,
                                  "0.00",
                                  sum,
                                  "0.00",
                                  deal->refund ? deal->origin : made->no,
                                  "",
                                  "01",
                                  "00",
                                  deal->refund ? "REFUND" : "TRADE",
                                  deal->refund ? "REFUND" : "SUCCESS",
                                  "WX",
                                  ""};
    print_values(trades->out, values, (int)(sizeof values / sizeof values[0]));
    *(deal->refund ? &trades->sums->refunds : &trades->sums->trades) += 1;
    *(deal->refund ? &trades->sums->refunded_fen : &trades->sums->traded_fen) += made->fen;
}

static void print_csv(const struct sandbox *sandbox, FILE *out, const char *day, const char *type) {
    struct sums sums = {0};
    char traded[YUAN_SIZE], refunded[YUAN_SIZE];
    int64_t from_ms = 0;
    day_read(day, &from_ms);
    fprintf(out,
            "#区域医保支付门户对账文件\n#账单时间：%s\n#机构编号：%s\n#分机构编号：无\n"
            "#账单类型：%s\n#-------业务明细列表-------\n%s",
            day, ORG_CODE, type, heading);
    if (strcmp(type, "REFUND") != 0)
        print_trades(sandbox, out, from_ms, &sums);
    if (strcmp(type, "CONSUME") != 0)
        print_refunds(sandbox, out, from_ms, &sums);
    struct made_trades made = {out, type, &sums};
    day_rows(&sandbox->day, DAY_PLATFORM, from_ms, from_ms + DAY_MS, print_made, &made);
    yuan_write(sums.traded_fen, traded);
    yuan_write(sums.refunded_fen, refunded);
    fprintf(out,
            "#-------业务明细列表结束-------\n#交易总笔数：%d\n#退款总笔数：%d\n"
            "#交易总金额：%s\n#退款总金额：%s\n#导出时间：%s 23:59:59\n",
            sums.trades, sums.refunds, traded, refunded, day);
}

char *portal_pack(struct sandbox *sandbox, const char *day, const char *type, size_t *length) {
    char *csv = NULL, name[80];
    size_t csv_length = 0;
    zip_stat_t stat;
    FILE *out = open_memstream(&csv, &csv_length);
    print_csv(sandbox, out, day, type);
    fclose(out);
    snprintf(name, sizeof name, "%s__%.10s_%.8s.csv", ORG_CODE, day, type);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *archive = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    zip_int64_t index =
        zip_file_add(archive, name, zip_source_buffer(archive, csv, csv_length, 0), 0);
    zip_file_set_mtime(archive, (zip_uint64_t)index, 1650758400, 0);
    zip_source_keep(source);
    if (zip_close(archive) != 0 || zip_source_stat(source, &stat) != 0)
        abort();
    char *bytes = malloc(stat.size + 1);
    zip_source_open(source);
    zip_source_read(source, bytes, stat.size);
    zip_source_close(source);
    zip_source_free(source);
    free(csv);
    *length = stat.size;
    return bytes;
}

void portal_digest(const char *bytes, size_t length, char out[41]) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned digest_length = 0;
    EVP_Digest(bytes, length, digest, &digest_length, EVP_sha1(), NULL);
    for (int i = 0; i < 20; i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

void portal_file(struct sandbox *sandbox, const char *name, struct response *response) {
    char day[11], type[9];
    long long until_ms = 0;
    bool good = sscanf(name, "%10[0-9-]/%8[A-Z]/%lld", day, type, &until_ms) == 3 &&
                sandbox_now_ms(sandbox) <= until_ms;
    response->status = good ? 200 : 404;
    response->type = "application/zip";
    if (good)
        response->body = portal_pack(sandbox, day, type, &response->length);
}
