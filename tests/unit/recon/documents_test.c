/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* The documents' own answers as files: what becomes of their rows, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <openssl/evp.h>
#include <zip.h>

#include "app/wire/encoding.h"
#include "tests/support/recon_files.h"

#define UPP(rows)                                                                                  \
    "{\"result\":true,\"kind\":\"0\",\"sign\":\"x\",\"data\":[" rows "],\"msg\":\"\"}\n"
#define UPP_ROW(type, fee, time)                                                                   \
    "{\"partnerId\":1,\"isvId\":2,\"tradeType\":\"" type "\",\"bizType\":\"scan_pay\","            \
    "\"channelType\":\"ten\",\"channelProduct\":\"ten_scan_code\",\"billsDate\":\"2026-11-27\","   \
    "\"derateFee\":0.00,\"tradeFee\":" fee ",\"tradeTime\":" time ",\"outTradeNo\":\"O1\","        \
    "\"inTradeNo\":\"I1\",\"tradeNo\":\"P1\",\"balanceNo\":null}"
#define UPP_GOOD UPP_ROW("pay", "17.60", "\"2026-11-27 09:00:00\"")

/* The same members in another order, one of them with an escape in its name, one with blanks. */
#define UPP_ODD                                                                                    \
    "{ \"tradeNo\" : \"P2\", \"trade\\u0046ee\": \"2.5\" "                                         \
    ",\"other\":{\"tradeFee\":[9,{\"a\":null}]},"                                                  \
    "\" outTradeNo \":\"O2\",\"tradeType\":\"pay\",\"tradeTime\":\"2026-11-27 09:00:00\"}"

#define SETTLED(page, pages, count, sum, rows)                                                     \
    "{\"current\":" page ",\"pages\":" pages ",\"medfee_sumamt\":\"" sum                           \
    "\",\"fund_pay_sumamt\":\"\",\"acct_pay\":\"0.00\",\"fixmedins_setl_cnt\":\"" count            \
    "\",\"billdetail\":[" rows "]}\n"
#define SETTLED_ROW(id, sum, returned)                                                             \
    "{\"setl_id\":\"" id "\",\"mdtrt_id\":\"V" id "\",\"medfee_sumamt\":\"" sum                    \
    "\",\"acct_pay\":\"0.00\",\"refd_setl_flag\":\"" returned "\"}"
#define CENTRE "medOrgOrd, payOrdId ,unknown,ownPayAmt,setlTime,billType\r\n"

#define PAGE(total, pages, page, count, rows)                                                      \
    "{\"respCode\":\"0000\",\"msg\":\"\",\"totalRecCnt\":\"" total "\",\"totalPageCnt\":\"" pages  \
    "\",\"curPageNo\":\"" page "\",\"curRecNo\":\"" count "\",\"detail\":[" rows "]}\n"
#define ORDER_ROW(no, state, refund)                                                               \
    "{\"appOrderId\":\"" no "\",\"payOrderId\":\"Q" no "\",\"payOrderTime\":\"20261127090000\","   \
    "\"payOrderSts\":\"" state "\",\"feeType\":\"001\",\"payChannel\":\"WX\",\"payAmt\":\"7\","    \
    "\"payTime\":\"20261127090010\",\"refundAmt\":\"" refund "\",\"refundTime\":\"\","             \
    "\"patientName\":\"\\u5c0f\\u660e\"}"
#define FLOW_ROW(type, amount)                                                                     \
    "{\" payTransId \":\"F1\",\"payOrderId\":\"Q1\",\"payFlowTime\":\"20261127090000\","           \
    "\"transType\":\"" type "\",\"transAmt\":\"" amount "\",\"doneTime\":\"20261127090010\","      \
    "\"transSts\":\"02\",\"appOrderId\":\"A\"}"

#define XML_ROW(no, fen)                                                                           \
    "<detail>\n<appOrderId>" no "</appOrderId>\n< payOrderTime >20261127090000</ payOrderTime >"   \
    "<payAmt>" fen "</payAmt><payOrderSts>02</payOrderSts><patientName>a&amp;\"b</patientName>"    \
    "</detail>\n"
#define XML(rows)                                                                                  \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<c><respCode>0000</respCode>\n<msg></msg>"        \
    "< curRecNo >2</ curRecNo >\n" rows "</c>\n"

#define TRADE_HEAD                                                                                                        \
    "#医保服务平台对账文件\r\n#账单时间：2026-11-27\r\n#-------业务明细列表-------\r\n交易时间," \
    "交易完成时间\r\n"
#define TRADE_ROW(visit, amount, state)                                                                \
    "`2026-11-27 12:00:00,`2026-11-27 12:00:05,`H1,`1,`某某医院,`,`HIS1,`ORD1,`AMP1,`42001,`ORD2," \
    "`34,`35,`H64," visit "`3500,`" amount ",`14.01,`0.00,`0.00,`M1,`3502,`01,`01,`TRADE,`" state      \
    ",`ALI,`123\r\n"
#define TRADE_FOOT(payments, refunds, paid, returned)                                              \
    "#-------业务明细列表结束-------\r\n#交易总笔数：" payments                                    \
    "笔，商家实收共10.00元\r\n#退款总笔数：" refunds "笔\r\n#交易总金额：" paid                    \
    "\r\n#退款总金额：" returned "\r\n#导出时间：2026-11-28 15:00:00\r\n"
#define TRADE_GOOD                                                                                 \
    TRADE_HEAD TRADE_ROW("`V1,", "14.01", "SUCCESS") TRADE_ROW("", "4", "REFUND")                  \
        TRADE_FOOT("1", "1", "14.01", "4")

struct document {
    const char *format, *text;
    int rows, fen;
};

static const struct document documents[] = {
    {"upp", UPP(UPP_GOOD), 1, 1760},
    {"upp", UPP(UPP_GOOD "," UPP_ROW("refund", "\"5\"", "null")), 2, 1260},
    {"upp", UPP(""), 0, 0},
    {"upp", UPP(UPP_GOOD "," UPP_ODD "," UPP_GOOD "," UPP_GOOD "," UPP_ODD), 5, 5780},
    {"his",
     SETTLED("1", "1", "2", "7.00", SETTLED_ROW("A", "9", "0") "," SETTLED_ROW("B", "2", "1")), 2,
     700},
    {"his",
     SETTLED("1", "2", "2", "12.50", SETTLED_ROW("A", "9", ""))
         SETTLED("2", "2", "2", "12.50", SETTLED_ROW("B", "3.50", "")),
     2, 1250},
    {"his", SETTLED("1", "0", "0", "0.00", ""), 0, 0},
    {"mmpc",
     "\xef\xbb\xbf" CENTRE
     "M1,O1,x,7.50,2026-11-27 09:00:00,SUCCESS\r\n\r\nM1,O2,,2.50,,REFUND\r\n",
     2, 500},
    {"mmpc", "payOrdId,ownpayAmt\nO1,7\nO2,-2\n", 2, 500},
    {"mmpc", CENTRE, 0, 0},
    {"upp", UPP(UPP_GOOD) UPP("") UPP(UPP_GOOD), 2, 3520},
    {"upp", "\xef\xbb\xbf" UPP(UPP_GOOD), 1, 1760},
    {"channel", UPP(UPP_GOOD), 1, 1760},
    {"his", "{\"data\":[" UPP_GOOD "]}", 1, 1760},
    /* A minus says that money went back, whatever the row is called. */
    {"his", "{\"data\":[" UPP_ROW("pay", "-128.50", "null") "]}", 1, -12850},
    {"his", "{\"data\":[" UPP_ROW("refund", "-5", "null") "]}", 1, -500},
    {"upp", UPP(UPP_ROW("refund", "\"-5\"", "null")), 1, -500},
    {"tongji", PAGE("1", "1", "1", "1", ORDER_ROW("A", "02", "")), 1, 700},
    {"tongji", PAGE("1", "1", "1", "1", ORDER_ROW("A", "06", "3.00")), 2, 400},
    {"tongji", PAGE("1", "1", "1", "1", ORDER_ROW("A", "06", "-3.00")), 2, 400},
    {"tongji", PAGE("2", "1", "1", "2", FLOW_ROW("001", "7.5") "," FLOW_ROW("003", "7.5")), 2, 0},
    {"tongji", PAGE("1", "1", "1", "1", FLOW_ROW("002", "-7.5")), 1, -750},
    {"tongji", PAGE("1", "1", "1", "1", FLOW_ROW("", "-7.5")), 1, -750},
    {"tongji",
     PAGE("2", "2", "1", "1", ORDER_ROW("A", "02", ""))
         PAGE("2", "2", "2", "1", ORDER_ROW("B", "02", "")),
     2, 1400},
    {"tongji", "{\"respCode\":\"0002\",\"msg\":\"\"}", 0, 0},
    {"amp", TRADE_GOOD, 2, 1001},
    {"amp", TRADE_HEAD TRADE_FOOT("0", "0", "0", "0.00"), 0, 0},
    {"tongji", XML(XML_ROW("A", "7") XML_ROW("B", "3.5")), 2, 1050},
    /* Of the ranges of a long period each begins with a first page. */
    {"tongji",
     PAGE("1", "1", "1", "1", ORDER_ROW("A", "02", ""))
         PAGE("1", "1", "1", "1", ORDER_ROW("B", "02", "")),
     2, 1400},
};

static void documents_become_rows(void **state) {
    static struct recon_run run;
    (void)state;
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        recon_run_init(&run);
        recon_run_add(&run, documents[i].format, documents[i].text);
        assert_int_equal(run.ledger.source_count, 1);
        assert_string_equal(run.ledger.sources[0].name, documents[i].format);
        assert_int_equal(run.ledger.sources[0].rows, documents[i].rows);
        assert_int_equal(run.ledger.sources[0].fen, documents[i].fen);
        recon_run_free(&run);
    }
}

static void rows_can_be_shown_again(void **state) {
    static struct recon_run run;
    (void)state;
    recon_run_init(&run);
    recon_run_add(&run, "tongji",
                  PAGE("2", "2", "1", "1", ORDER_ROW("A", "06", "3.00"))
                      PAGE("2", "2", "2", "1", ORDER_ROW("B", "02", "")));
    const struct recon_entry *entry = recon_row_entry(&run.ledger, 2);
    assert_true(slice_is(entry->ids[RECON_PAYMENT_NO], "B"));
    entry = recon_row_entry(&run.ledger, 1);
    assert_int_equal(entry->kind, RECON_REFUND);
    assert_true(slice_is(entry->ids[RECON_ORIGIN_NO], "A"));
    assert_true(slice_is(entry->channel, "wechat"));
    recon_run_free(&run);
}

static void rows_that_nobody_verified_are_marked(void **state) {
    static struct recon_run run;
    (void)state;
    recon_run_init(&run);
    recon_run_add(&run, "upp", UPP(UPP_GOOD));
    recon_run_add(&run, "his", "{\"data\":[" UPP_GOOD "]}");
    recon_run_judge(&run);
    assert_int_equal(run.ledger.sources[0].unverified, 1);
    assert_int_equal(run.ledger.sources[1].unverified, 0);
    assert_int_equal(recon_run_count(&run, RECON_AGREE), 1);
    recon_run_free(&run);
}

struct bad_document {
    const char *format, *text, *line, *why;
};

static const struct bad_document bad_documents[] = {
    {"upp", "", ":1:", "expected an answer"},
    {"upp", "[]", ":1:", "expected an answer"},
    {"upp", UPP(UPP_GOOD) "{", ":2:", "expected a name"},
    {"upp", UPP(UPP_ROW("pay", "17.605", "null")), ":1:", "tradeFee: expected"},
    {"upp", UPP(UPP_ROW("pay", "1e5", "null")), ":1:", "tradeFee: expected"},
    {"upp", UPP(UPP_ROW("paid", "1", "null")), ":1:", "tradeType: expected"},
    {"upp", UPP(UPP_ROW("pay", "1", "\"today\"")), ":1:", "tradeTime: expected"},
    /* No document knows a payment that is negative. */
    {"upp", UPP(UPP_GOOD ",\n" UPP_ROW("pay", "-128.50", "null")),
     ":2:", "tradeFee: expected a payment that is not negative, got \"-128.50\""},
    {"channel", UPP(UPP_ROW("pay", "\"-5\"", "null")), ":1:", "tradeFee: expected a payment"},
    {"mmpc", CENTRE "M1,O1,x,-7.50,,SUCCESS\r\n", ":2:", "ownPayAmt: expected a payment"},
    {"amp", TRADE_HEAD TRADE_ROW("", "-14.01", "SUCCESS") TRADE_FOOT("1", "0", "14.01", "0"),
     ":5:", "费用总额: expected a payment"},
    {"tongji", PAGE("1", "1", "1", "1", FLOW_ROW("001", "-7.5")), ":1:", "transAmt: expected a"},
    {"tongji", XML(XML_ROW("A", "7") XML_ROW("B", "-3.5")), ":7:", "payAmt: expected a payment"},
    {"upp", UPP("3"), ":1:", "expected a row"},
    {"upp", UPP(UPP_GOOD) "{\"result\":false,\"kind\":\"9\"}", ":2:", "no success"},
    {"upp", UPP(UPP_GOOD " " UPP_GOOD), ":1:", "expected a comma"},
    {"upp", UPP("\n" UPP_GOOD ",\n{\"tradeType\":\"pay"), ":3:", "expected a comma"},
    {"upp", "{\"result\":true,\"data\":[" UPP_GOOD ",\n{\"tradeType\":\"pay",
     ":2:", "a quote that never ends"},
    {"upp", "{\"result\":true,\"data\":[" UPP_GOOD, ":1:", "expected"},
    {"upp", UPP(UPP_GOOD ",\n" UPP_ROW("pay", "1.005", "null")), ":2:", "tradeFee: expected"},
    {"his", SETTLED("1", "1", "1", "9.01", SETTLED_ROW("A", "9", "")),
     ":1:", "a total is not the sum"},
    {"his", SETTLED("1", "1", "2", "9.00", SETTLED_ROW("A", "9", "")), ":1:", "fixmedins_setl_cnt"},
    {"his",
     SETTLED("1", "2", "2", "18", SETTLED_ROW("A", "9", ""))
         SETTLED("2", "2", "2", "18", SETTLED_ROW("A", "9", "")),
     ":2:", "the rows of the page before"},
    {"his",
     SETTLED("1", "3", "3", "18", SETTLED_ROW("A", "9", ""))
         SETTLED("3", "3", "3", "18", SETTLED_ROW("B", "9", "")),
     ":2:", "a page is missing"},
    {"his",
     SETTLED("1", "2", "2", "18", SETTLED_ROW("A", "9", ""))
         SETTLED("2", "3", "2", "18", SETTLED_ROW("B", "9", "")),
     ":2:", "the totals changed"},
    {"his",
     SETTLED("1", "3", "3", "18", SETTLED_ROW("A", "9", ""))
         SETTLED("2", "3", "3", "18", SETTLED_ROW("B", "9", "")),
     ":3:", "the last pages are missing"},
    {"his", SETTLED("1", "1", "1", "9", SETTLED_ROW("", "9", "")), ":1:", "setl_id is missing"},
    {"his", SETTLED("1", "1", "1", "9", SETTLED_ROW("A", "9.001", "")),
     ":1:", "medfee_sumamt: expected"},
    {"his", "{\"ret_code\":\"99\",\"billdetail\":[]}", ":1:", "no success"},
    {"mmpc", "", ":1:", "expected a header"},
    {"mmpc", "medOrgOrd,amount\n", ":1:", "expected a header with ownPayAmt"},
    {"mmpc", "payOrdId,ownPayAmt,ownpayAmt\n", ":1:", "stands there twice"},
    {"mmpc", CENTRE "M1,O1,x,7.505,,\r\n", ":2:", "ownPayAmt: expected"},
    {"mmpc", CENTRE "M1,O1,x,1e5,,\r\n", ":2:", "ownPayAmt: expected"},
    {"mmpc", CENTRE "M1,O1,x,7,,PAID\r\n", ":2:", "billType: expected"},
    {"mmpc", CENTRE "M1,O1,x,7,today,\r\n", ":2:", "expected a time"},
    {"mmpc", CENTRE ",,x,7,,\r\n", ":2:", "medOrgOrd and payOrdId are missing"},
    {"mmpc", CENTRE "M1,O1,7\r\n", ":2:", "expected 6 fields, got 3"},
    {"mmpc", CENTRE "\"M1,O1,x,7,,\r\n", ":2:", "a quote that never ends"},
    {"tongji", PAGE("1", "1", "1", "2", ORDER_ROW("A", "02", "")), ":1:", "curRecNo"},
    {"tongji", PAGE("2", "1", "1", "1", ORDER_ROW("A", "02", "")), ":1:", "totalRecCnt"},
    {"tongji",
     PAGE("2", "2", "1", "1", ORDER_ROW("A", "02", ""))
         PAGE("2", "2", "1", "1", ORDER_ROW("A", "02", "")),
     ":2:", "a page is missing"},
    {"tongji",
     PAGE("3", "3", "1", "1", ORDER_ROW("A", "02", ""))
         PAGE("3", "3", "2", "1", ORDER_ROW("B", "02", ""))
             PAGE("3", "3", "2", "1", ORDER_ROW("B", "02", "")),
     ":3:", "a page that came before"},
    {"tongji",
     PAGE("2", "2", "1", "1", ORDER_ROW("A", "02", ""))
         PAGE("3", "2", "2", "1", ORDER_ROW("B", "02", "")),
     ":2:", "the totals changed"},
    {"tongji",
     PAGE("3", "3", "1", "1", ORDER_ROW("A", "02", ""))
         PAGE("3", "3", "2", "1", ORDER_ROW("B", "02", "")),
     ":3:", "the last pages are missing"},
    {"tongji", "{\"respCode\":\"0001\",\"msg\":\"sign\"}", ":1:", "respCode \"0001\""},
    {"tongji", PAGE("1", "1", "1", "1", "{\"appOrderId\":\"A\"}"), ":1:", "payAmt: expected"},
    {"amp", TRADE_HEAD, ":5:", "the footer is missing"},
    {"amp", TRADE_HEAD TRADE_FOOT("1", "0", "0", "0"), ":6:", "does not fit"},
    {"amp", TRADE_HEAD TRADE_FOOT("0", "0", "148", "0"), ":8:", "does not fit"},
    {"amp", TRADE_HEAD TRADE_ROW("`V,`W,", "1", "SUCCESS"), ":5:", "27 or 28 columns, got 29"},
    {"amp", TRADE_HEAD TRADE_ROW("", "1.005", "SUCCESS"), ":5:", "费用总额"},
    {"amp", TRADE_HEAD TRADE_ROW("", "1", "PAID"), ":5:", "交易状态"},
    {"amp", TRADE_HEAD "#\xff\xff\n", ":5:", "neither UTF-8 nor GB18030"},
    {"tongji", XML(XML_ROW("A", "7") XML_ROW("B", "3.555")), ":7:", "payAmt: expected"},
    {"tongji", XML(XML_ROW("A", "7")), ":7:", "curRecNo"},
    {"tongji", "<c>\n<respCode>0000</c>", ":2:", "XML: mismatched tag"},
    {"tongji", "<c>\n<respCode>0000", ":2:", "XML: "},
    {"tongji", "<!DOCTYPE c [<!ENTITY a \"b\">]>\n<c>&a;</c>", ":1:", "document type"},
    {"tongji", "<c><detail><a><b></b></a></detail></c>", ":1:", "inside a value"},
    /* Missing commas and curly quotes, as the document's samples print them. */
    {"tongji", "{\"respCode\":\"0000\"\n\"msg\":\"\"}", ":2:", "expected a comma"},
    {"tongji", "{\"respCode\":\"0000\",\n\xe2\x80\x9cmsg\xe2\x80\x9d:\"\"}",
     ":2:", "expected a name in quotes"},
};

static void bad_documents_are_named_with_their_line(void **state) {
    static struct recon_run run;
    (void)state;
    for (size_t i = 0; i < sizeof bad_documents / sizeof *bad_documents; i++) {
        const struct bad_document *bad = &bad_documents[i];
        recon_run_init(&run);
        if (recon_run_read(&run, bad->format, bad->text, strlen(bad->text)))
            fail_msg("accepted: %s", bad->text);
        if (!strstr(run.ledger.complaint.text, bad->line) ||
            !strstr(run.ledger.complaint.text, bad->why))
            fail_msg("\"%s\" does not say \"%s\" \"%s\"", run.ledger.complaint.text, bad->line,
                     bad->why);
        recon_run_free(&run);
    }
}

static void a_trade_file_in_gb18030_is_the_same(void **state) {
    static struct recon_run run;
    char *text = encoding_to(WIRE_GB18030, TRADE_GOOD);
    (void)state;
    assert_non_null(text);
    recon_run_init(&run);
    recon_run_add(&run, "amp", text);
    assert_int_equal(run.ledger.sources[0].fen, 1001);
    assert_true(slice_is(recon_row_entry(&run.ledger, 1)->ids[RECON_ORIGIN_NO], "M1"));
    recon_run_free(&run);
    free(text);
}

/* The trade file in a ZIP; returns its size. */
static size_t zip_of(const char *text, int entries, char *out, size_t room) {
    zip_error_t error;
    zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, &error);
    struct zip *archive = zip_open_from_source(whole, ZIP_TRUNCATE, &error);
    assert_non_null(archive);
    zip_source_keep(whole);
    for (int i = 0; i < entries; i++) {
        zip_source_t *entry = zip_source_buffer(archive, text, strlen(text), 0);
        assert_true(zip_file_add(archive, i ? "b.csv" : "a.csv", entry, 0) >= 0);
    }
    assert_int_equal(zip_close(archive), 0);
    assert_int_equal(zip_source_open(whole), 0);
    zip_int64_t size = zip_source_read(whole, out, room);
    assert_true(size > 0);
    zip_source_close(whole);
    zip_source_free(whole);
    return (size_t)size;
}

static void a_trade_file_comes_in_a_zip(void **state) {
    static struct recon_run run;
    char packed[4096];
    (void)state;
    size_t size = zip_of(TRADE_GOOD, 1, packed, sizeof packed);
    recon_run_init(&run);
    assert_true(recon_run_read(&run, "amp", packed, size));
    assert_int_equal(run.ledger.sources[0].fen, 1001);
    assert_true(slice_is(recon_row_entry(&run.ledger, 1)->ids[RECON_ORIGIN_NO], "M1"));
    recon_run_free(&run);
    for (size_t cut = 2; cut < size; cut++) {
        recon_run_init(&run);
        assert_false(recon_run_read(&run, "amp", packed, cut));
        recon_run_free(&run);
    }
    size = zip_of(TRADE_GOOD, 2, packed, sizeof packed);
    recon_run_init(&run);
    assert_false(recon_run_read(&run, "amp", packed, size));
    assert_non_null(strstr(run.ledger.complaint.text, "not one file"));
    recon_run_free(&run);
}

static void write_file(const char *path, const void *bytes, size_t size) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

/* Beside the ZIP: NULL when its rows are taken, else the complaint. */
/* A ZIP says when it was made: another one is another one. */
static char packed[4096];
static size_t packed_size;

static const char *read_with_digest(struct recon_run *run, const char *digest) {
    char folder[] = "/tmp/recon-test-XXXXXX", path[64], beside[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.zip", folder);
    snprintf(beside, sizeof beside, "%s/a.zip.sha1", folder);
    write_file(path, packed, packed_size);
    write_file(beside, digest, strlen(digest));
    recon_run_init(run);
    bool good = recon_ledger_read(&run->ledger, "amp", path);
    unlink(path);
    unlink(beside);
    rmdir(folder);
    return good ? NULL : run->ledger.complaint.text;
}

static void the_digest_beside_a_zip_must_fit(void **state) {
    static struct recon_run run;
    char right[2 * 20 + 8];
    unsigned char digest[EVP_MAX_MD_SIZE];
    (void)state;
    packed_size = zip_of(TRADE_GOOD, 1, packed, sizeof packed);
    EVP_Digest(packed, packed_size, digest, NULL, EVP_sha1(), NULL);
    for (int i = 0; i < 20; i++)
        snprintf(right + 2 * i, 3, "%02x", digest[i]);
    memcpy(right + 40, "  a.zip", 8);
    assert_null(read_with_digest(&run, right));
    recon_run_free(&run);
    right[40] = '0'; /* too long */
    assert_non_null(strstr(read_with_digest(&run, right), "the digest is another"));
    recon_run_free(&run);
    right[39] ^= 1;
    right[40] = ' ';
    assert_non_null(strstr(read_with_digest(&run, right), "the digest is another"));
    recon_run_free(&run);
    assert_non_null(strstr(read_with_digest(&run, ""), "the digest is another"));
    recon_run_free(&run);
}

static void every_cut_is_found(void **state) {
    static struct recon_run run;
    const char *text = PAGE("2", "2", "1", "1", ORDER_ROW("A", "06", "3.00"))
        PAGE("2", "2", "2", "1", ORDER_ROW("B", "02", ""));
    size_t first = strchr(text, '\n') - text;
    (void)state;
    for (size_t cut = 1; cut + 2 < strlen(text); cut++) {
        if (cut == first || cut == first + 1)
            continue; /* the first page whole: one of several files */
        recon_run_init(&run);
        assert_false(recon_run_read(&run, "tongji", text, cut));
        recon_run_free(&run);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_become_rows),
        cmocka_unit_test(rows_can_be_shown_again),
        cmocka_unit_test(rows_that_nobody_verified_are_marked),
        cmocka_unit_test(bad_documents_are_named_with_their_line),
        cmocka_unit_test(a_trade_file_in_gb18030_is_the_same),
        cmocka_unit_test(a_trade_file_comes_in_a_zip),
        cmocka_unit_test(the_digest_beside_a_zip_must_fit),
        cmocka_unit_test(every_cut_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
