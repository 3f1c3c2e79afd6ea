/* links: tests/support/recon_files.c libsandbox.a app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* The sandbox's days: exactly what was planted is found; and whichever single row of a side is
 * dropped, doubled or changed by a fen, that is found too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/wire/json.h"
#include "app/wire/sign.h"
#include "tests/sandbox/direct.h"
#include "tests/support/recon_files.h"

#define KEY "9f2c1b7a5d3e48f6"
#define DAY "2026-11-20"
#define FINDINGS_MAX 256
#define FINDING_SIZE 1024

static cJSON *control(struct sandbox *sandbox, const char *path, const char *body) {
    const char *error;
    char *text = direct_post(sandbox, path, body);
    cJSON *answer = wire_parse(text, strlen(text), &error);
    free(text);
    assert_non_null(answer);
    return answer;
}

static char *bills(struct sandbox *sandbox, const char *path) {
    char sign[SIGN_MD5_SIZE], text[64];
    cJSON *request = cJSON_CreateObject();
    cJSON_AddRawToObject(request, "isvId", "20000");
    cJSON_AddRawToObject(request, "partnerId", "12345");
    cJSON_AddStringToObject(request, "version", "1.0.0");
    snprintf(text, sizeof text, "%lld", (long long)direct_now_ms(sandbox));
    cJSON_AddRawToObject(request, "timestamp", text);
    cJSON_AddStringToObject(request, "startDate", DAY);
    cJSON_AddStringToObject(request, "endDate", DAY);
    sign_upp(request, KEY, sign);
    cJSON_AddStringToObject(request, "sign", sign);
    char *body = wire_print(request, false), *answer = direct_post(sandbox, path, body);
    free(body);
    cJSON_Delete(request);
    return answer;
}

static char *journal_of(const cJSON *answer) {
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    const cJSON *orders = wire_member(answer, "journal");
    for (const cJSON *order = orders->child; order != NULL; order = order->next) {
        char *line = wire_print(order, false);
        fprintf(out, "%s\n", line);
        free(line);
    }
    fclose(out);
    return text;
}

static void judge(struct recon_run *run, struct sandbox *sandbox, const cJSON *day) {
    static const char booked[] =
        "{\"startTime\":\"" DAY " 00:00:00\",\"endTime\":\"" DAY " 23:59:59\"}";
    char *upp = bills(sandbox, "/access/yuntaiBills"),
         *his = direct_post(sandbox, "/his/bills", booked), *journal = journal_of(day);
    recon_run_init(run);
    struct recon_slice from = slice_of(DAY);
    assert_true(entry_time(from, &run->ledger.period.from_s));
    run->ledger.period.end_s = run->ledger.period.from_s + 86400;
    recon_run_add(run, "upp", upp);
    recon_run_add(run, "his", his);
    recon_run_add(run, "journal", journal);
    recon_run_judge(run);
    free(upp);
    free(his);
    free(journal);
}

/* A finding as a line: its class and all that its rows say. */
static void describe_finding(struct recon_run *run, const struct recon_finding *finding,
                             char out[FINDING_SIZE]) {
    int used = snprintf(out, FINDING_SIZE, "%s%s", recon_classes[finding->class].word,
                        finding->explained ? " explained" : "");
    for (uint32_t i = 0; i < finding->count; i++) {
        uint32_t row = run->result.members[finding->first + i];
        const struct recon_entry *entry = recon_row_entry(&run->ledger, row);
        int source = RECON_CHUNK(&run->ledger, row)->source;
        used += snprintf(out + used, FINDING_SIZE - (size_t)used, " %d:%lld:%.*s:%.*s", source,
                         (long long)entry->amount.fen, (int)entry->ids[RECON_PAYMENT_NO].length,
                         entry->ids[RECON_PAYMENT_NO].at, (int)entry->ids[RECON_OUT_NO].length,
                         entry->ids[RECON_OUT_NO].at);
        assert_true(used < FINDING_SIZE);
    }
}

struct found {
    size_t count;
    char lines[FINDINGS_MAX][FINDING_SIZE];
};

static void take_findings(struct recon_run *run, struct found *found) {
    found->count = run->result.finding_count;
    assert_true(found->count <= FINDINGS_MAX);
    for (size_t i = 0; i < found->count; i++)
        describe_finding(run, &run->result.findings[i], found->lines[i]);
}

static bool has_line(const struct found *found, const char *line) {
    for (size_t i = 0; i < found->count; i++)
        if (strcmp(found->lines[i], line) == 0)
            return true;
    return false;
}

/* A finding about this number that is in one and not in the other. */
static bool tells_of(const struct found *one, const struct found *other, const char *no) {
    for (size_t i = 0; i < one->count; i++)
        if (strstr(one->lines[i], no) != NULL && !has_line(other, one->lines[i]))
            return true;
    return false;
}

static void check_planted(const struct found *found, const cJSON *day) {
    const cJSON *planted = wire_member(day, "planted");
    size_t count = 0;
    for (const cJSON *row = planted->child; row != NULL; row = row->next) {
        bool is_found = false;
        if (wire_flag(row, "channel_only"))
            continue;
        const char *class = wire_text(row, "class"), *no = wire_text(row, "no");
        for (size_t i = 0; i < found->count; i++)
            is_found = is_found || (!strncmp(found->lines[i], class, strlen(class)) &&
                                    strstr(found->lines[i], no) != NULL &&
                                    wire_flag(row, "explained") ==
                                        (strstr(found->lines[i], " explained") != NULL));
        if (!is_found)
            fail_msg("%s of %s is not found", class, no);
        count++;
    }
    assert_int_equal(found->count, count);
}

static cJSON *make_day(struct sandbox *sandbox, int seed) {
    char body[128];
    snprintf(body, sizeof body, "{\"day\":\"" DAY "\",\"seed\":\"%d\",\"deals\":\"70\"}", seed);
    return control(sandbox, "/control/day", body);
}

static void exactly_what_was_planted_is_found(void **state) {
    static struct recon_run run;
    static struct found found;
    (void)state;
    struct sandbox *sandbox = direct_open(KEY);
    for (int seed = 1; seed <= 20; seed++) {
        cJSON *day = make_day(sandbox, seed);
        judge(&run, sandbox, day);
        take_findings(&run, &found);
        check_planted(&found, day);
        recon_run_free(&run);
        cJSON_Delete(day);
    }
    direct_close(sandbox);
}

/* False: that side has no such row. */
static bool change_is_found(struct sandbox *sandbox, const struct found *before, const char *side,
                            int row, const char *change) {
    static struct recon_run run;
    static struct found after;
    char body[128];
    snprintf(body, sizeof body, "{\"side\":\"%s\",\"row\":\"%d\",\"change\":\"%s\"}", side, row,
             change);
    cJSON *day = control(sandbox, "/control/change", body);
    bool there = wire_flag(day, "ok");
    if (there) {
        judge(&run, sandbox, day);
        take_findings(&run, &after);
        const char *no = wire_text(day, "no");
        if (!tells_of(&after, before, no) && !tells_of(before, &after, no))
            fail_msg("%s of %s's row %d (%s) is not found", change, side, row, no);
        recon_run_free(&run);
    }
    cJSON_Delete(day);
    return there;
}

static void every_changed_row_is_found(void **state) {
    static const char *const sides[] = {"platform", "hospital", "terminal"};
    static const char *const changes[] = {"drop", "double", "fen"};
    static struct recon_run run;
    static struct found before;
    int rows = 0;
    (void)state;
    struct sandbox *sandbox = direct_open(KEY);
    cJSON *day = make_day(sandbox, 5);
    judge(&run, sandbox, day);
    take_findings(&run, &before);
    recon_run_free(&run);
    cJSON_Delete(day);
    for (int side = 0; side < 3; side++)
        for (int change = 0; change < 3; change++)
            for (int row = 0; change_is_found(sandbox, &before, sides[side], row, changes[change]);
                 row++)
                rows++;
    assert_true(rows > 3 * 3 * 50);
    direct_close(sandbox);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exactly_what_was_planted_is_found),
        cmocka_unit_test(every_changed_row_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
