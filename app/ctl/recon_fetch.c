#include "app/ctl/recon_fetch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/ctl/call_file.h"
#include "app/ctl/journal_open.h"
#include "app/ctl/progress.h"
#include "app/ctl/recon_fleet.h"
#include "app/ctl/recon_kept.h"
#include "app/ctl/recon_services.h"
#include "app/ctl/speak.h"
#include "app/wire/json.h"

#define DAY_S INT64_C(86400)
#define CHINA_S (8 * 3600)
#define TRIES 3 /* a question that moves nothing may be asked again */
#define PAGES_MAX 100000
#define PART_MIN_S 60 /* a minute that is too long for one answer is no day's bills */

/* One question with its pages. */
struct fetch {
    struct ctl *ctl;
    const struct recon_service *service;
    struct recon_ledger *ledger;
    struct fetch_days days;
    char name[96]; /* "upp.yuntaiBills 2026-11-27" */
    FILE *answers;
    bool verified;          /* no signature was missing or wrong */
    const char **operation; /* of all questions of a run: a site has the one or the other */
    const char *keep;       /* a folder; NULL: nothing is kept */
    bool may_be_missing;    /* a day beside the period: its file may not be there yet */
    bool is_missing;
    int64_t first_s, last_s; /* the days */
    int64_t begin_s, end_s;  /* of what is being asked: a part of these days, or all */
    bool is_too_long;        /* for one answer */
};

static void name_fetch(struct fetch *fetch) {
    const struct recon_service *service = fetch->service;
    bool one = !strcmp(fetch->days.first, fetch->days.last);
    snprintf(fetch->name, sizeof fetch->name, "%s.%s %.10s%s%.10s", service->platform->name,
             service->operation, fetch->days.first, one ? "" : "..", one ? "" : fetch->days.last);
}

static enum ctl_exit fetch_failed(struct fetch *fetch, int page, const char *code,
                                  const char *why) {
    fetch->is_missing = fetch->may_be_missing;
    if (fetch->may_be_missing)
        return CTL_OK;
    progress_clear();
    return ctl_say(CTL_FAILED, "%s, page %d: [%s] %s", fetch->name, page, code, why);
}

/* An answer a line: a line feed stands between its tokens only, where a blank is the same. */
static bool keep_body(const struct net_answer *answer, FILE *out) {
    for (size_t i = 0; i < answer->length; i++)
        if (answer->body[i] == '\n' || answer->body[i] == '\r')
            answer->body[i] = ' ';
    return fwrite(answer->body, 1, answer->length, out) == answer->length && fputc('\n', out) >= 0;
}

static int pages_said(const struct recon_service *service, const cJSON *tree) {
    const char *text = service->pages ? wire_text(tree, service->pages) : NULL;
    long pages = text ? strtol(text, NULL, 10) : 1;
    return pages > PAGES_MAX ? PAGES_MAX : (int)pages;
}

static enum ctl_exit keep_page(struct fetch *fetch, int page, const struct exchange *exchange) {
    char why[CALL_FILE_WHY];
    fetch->verified = fetch->verified && !exchange->reading.unverified;
    if (!fetch->service->links)
        return keep_body(&exchange->answer, fetch->answers)
                   ? CTL_OK
                   : ctl_say(CTL_FAILED, "%s: %s", fetch->name, strerror(errno));
    enum ctl_exit code = call_file_write(&fetch->ctl->config, fetch->service->platform,
                                         exchange->reading.tree, fetch->answers, why);
    return code == CTL_OK ? CTL_OK : fetch_failed(fetch, page, "file", why);
}

static enum ctl_exit ask_once(const struct fetch *fetch, int page, struct exchange *exchange) {
    const struct recon_service *service = fetch->service;
    cJSON *members = cJSON_CreateObject();
    service->ask(&fetch->ctl->config, &fetch->days, page, members);
    const struct wire_operation *operation =
        wire_operation_named(service->platform->operations, *fetch->operation);
    bool sent =
        exchange_speak(&fetch->ctl->config, service->platform, operation, members, false, exchange);
    cJSON_Delete(members);
    return sent ? CTL_OK : ctl_say(CTL_REFUSED, "%s", exchange->complaint.text);
}

static bool may_halve(const struct fetch *fetch) {
    return fetch->service->in_parts && fetch->end_s - fetch->begin_s > PART_MIN_S;
}

/* The portal's words for it, and every server's. */
static bool says_no_interface(const struct wire_reading *reading) {
    static const char *const codes[] = {"-5", "404404", "HTTP 404"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (!strcmp(reading->code, codes[i]))
            return true;
    return false;
}

/* Whether it is worth asking again, and by which name. */
static bool may_ask_again(const struct fetch *fetch, const struct wire_reading *reading,
                          int tries) {
    const char *instead = fetch->service->instead;
    if (instead != NULL && *fetch->operation != instead && says_no_interface(reading)) {
        *fetch->operation = instead;
        return true;
    }
    return reading->outcome == OUTCOME_UNKNOWN && tries < TRIES;
}

/* `pages`: how many there are by what this one says; 0: none, or too long for one answer. */
static enum ctl_exit fetch_page(struct fetch *fetch, int page, int *pages) {
    struct exchange exchange = {.complaint = {.text = ""}};
    enum ctl_exit code = ask_once(fetch, page, &exchange);
    for (int tries = 1; code == CTL_OK && may_ask_again(fetch, &exchange.reading, tries); tries++) {
        exchange_free(&exchange);
        code = ask_once(fetch, page, &exchange);
    }
    const struct wire_reading *reading = &exchange.reading;
    fetch->is_too_long = code == CTL_OK && exchange_is_too_long(&exchange);
    if (code == CTL_OK && reading->outcome != OUTCOME_ACCEPTED &&
        !(fetch->is_too_long && may_halve(fetch)))
        code = fetch_failed(fetch, page, reading->code, reading->message);
    else if (code == CTL_OK && reading->outcome == OUTCOME_ACCEPTED)
        code = keep_page(fetch, page, &exchange);
    *pages = code == CTL_OK && reading->outcome == OUTCOME_ACCEPTED
                 ? pages_said(fetch->service, reading->tree)
                 : 0;
    exchange_free(&exchange);
    return code;
}

static enum ctl_exit read_answers(struct fetch *fetch) {
    bool verified = fetch->verified && fetch->service->is_signed;
    if (fetch->is_missing || recon_ledger_take(fetch->ledger, fetch->service->format, fetch->name,
                                               fetch->answers, verified))
        return CTL_OK;
    progress_clear();
    return ctl_say(CTL_FAILED, "%s", fetch->ledger->complaint.text);
}

static enum ctl_exit fetch_pages(struct fetch *fetch) {
    int pages = 1;
    enum ctl_exit code = CTL_OK;
    entry_time_text(fetch->begin_s, fetch->days.begin);
    entry_time_text(fetch->end_s - 1, fetch->days.end);
    for (int page = 1; code == CTL_OK && page <= pages; page++) {
        int said;
        progress_show(fetch->name, page - 1, pages);
        code = fetch_page(fetch, page, &said);
        pages = said > pages ? said : pages;
    }
    return code;
}

/* A time from begin_s to before end_s; in halves when one answer cannot hold it. */
static enum ctl_exit fetch_part(struct fetch *fetch, int64_t begin_s, int64_t end_s) {
    fetch->begin_s = begin_s;
    fetch->end_s = end_s;
    enum ctl_exit code = fetch_pages(fetch);
    if (code != CTL_OK || !fetch->is_too_long)
        return code;
    int64_t middle_s = begin_s + (end_s - begin_s) / 2;
    code = fetch_part(fetch, begin_s, middle_s);
    return code == CTL_OK ? fetch_part(fetch, middle_s, end_s) : code;
}

/* A day that is not over yet will say more later. */
static bool may_be_kept(const struct fetch *fetch) {
    char time[RECON_TIME_SIZE];
    int64_t today_s = clock_wall_ms() / 1000 + CHINA_S;
    return fetch->keep != NULL && !fetch->is_missing &&
           strncmp(fetch->days.last, entry_time_text(today_s, time), 10) < 0;
}

/* Asked, read, and then kept: what cannot be read is asked for again the next time. */
static enum ctl_exit fetch_answers(struct fetch *fetch) {
    fetch->answers = tmpfile();
    if (fetch->answers == NULL)
        return ctl_say(CTL_FAILED, "no temporary file: %s", strerror(errno));
    fetch->verified = true;
    enum ctl_exit code = fetch_part(fetch, fetch->first_s, fetch->last_s + DAY_S);
    if (code == CTL_OK)
        code = read_answers(fetch);
    if (code == CTL_OK && may_be_kept(fetch) &&
        !kept_save(fetch->keep, fetch->name, fetch->verified, fetch->answers))
        code = ctl_say(CTL_FAILED, "%s: %s", fetch->keep, strerror(errno));
    fclose(fetch->answers);
    return code;
}

static bool may_use_kept(struct fetch *fetch, enum kept_form form, struct recon_complaint *why) {
    bool unseen = form == KEPT_UNCOUNTED && fetch->service->cut_unseen;
    snprintf(why->text, sizeof why->text, "%s",
             unseen ? "the file does not say how long it was written"
                    : "the file is empty, or not as long as it was written");
    return form != KEPT_CUT && !unseen &&
           recon_answers_are_whole(fetch->service->format, fetch->name, fetch->answers, why);
}

/* Opens what was kept, where it can be read whole. Else it is said why, and the other side is asked
 * again: what a loss of power has left of a file would stop this day's runs until somebody deletes
 * it. */
static bool take_kept(struct fetch *fetch) {
    struct recon_complaint why;
    enum kept_form form = kept_open(fetch->keep, fetch->name, &fetch->verified, &fetch->answers);
    if (form == KEPT_NOTHING)
        return false;
    if (may_use_kept(fetch, form, &why))
        return true;
    if (fetch->answers != NULL)
        fclose(fetch->answers);
    progress_clear();
    (void)ctl_say(CTL_OK, "%s: %s: what was kept cannot be used, and is asked for again: %s",
                  fetch->keep, fetch->name, why.text);
    return false;
}

static enum ctl_exit fetch_days(struct fetch *fetch) {
    name_fetch(fetch);
    if (fetch->keep == NULL || !take_kept(fetch))
        return fetch_answers(fetch);
    enum ctl_exit code = read_answers(fetch);
    fclose(fetch->answers);
    return code;
}

static enum ctl_exit fetch_range(struct fetch fetch, int64_t first_s, int64_t last_s) {
    char time[RECON_TIME_SIZE];
    fetch.first_s = first_s;
    fetch.last_s = last_s;
    memcpy(fetch.days.first, entry_time_text(first_s, time), 10);
    memcpy(fetch.days.last, entry_time_text(last_s, time), 10);
    return fetch_days(&fetch);
}

/* The days beside the period: a row near its border may be theirs. */
static enum ctl_exit fetch_beside(struct fetch fetch, int64_t day_s) {
    int64_t today_s = clock_wall_ms() / 1000 + CHINA_S;
    if (!fetch.service->timed || day_s > today_s)
        return CTL_OK;
    fetch.may_be_missing = true;
    return fetch_range(fetch, day_s, day_s);
}

/* Our own orders: this terminal's, or those of all. */
static enum ctl_exit fetch_orders(struct ctl *ctl, const char *name, struct recon_ledger *ledger) {
    FILE *orders = tmpfile();
    if (orders == NULL)
        return ctl_say(CTL_FAILED, "no temporary file: %s", strerror(errno));
    bool of_all = strcmp(name, "fleet") == 0;
    enum ctl_exit code =
        of_all ? ctl_fleet_write(ctl, ledger->period.from_s, ledger->period.end_s, orders)
               : ctl_journal_write(ctl, orders);
    if (code == CTL_OK && !recon_ledger_take(ledger, "journal", name, orders, true))
        code = ctl_say(CTL_FAILED, "%s", ledger->complaint.text);
    fclose(orders);
    return code;
}

enum ctl_exit recon_fetch(struct ctl *ctl, const struct recon_service *service, const char *keep,
                          struct recon_ledger *ledger) {
    const char *operation = service->operation;
    struct fetch fetch = {
        .ctl = ctl, .service = service, .ledger = ledger, .operation = &operation, .keep = keep};
    if (service->platform == NULL)
        return fetch_orders(ctl, service->name, ledger);
    int64_t from_s = ledger->period.from_s, end_s = ledger->period.end_s;
    enum ctl_exit code = CTL_OK;
    for (int64_t day_s = from_s; code == CTL_OK && day_s < end_s; day_s += service->days * DAY_S) {
        int64_t last_s = day_s + (service->days - 1) * DAY_S;
        code = fetch_range(fetch, day_s, last_s < end_s ? last_s : end_s - DAY_S);
    }
    if (code == CTL_OK)
        code = fetch_beside(fetch, from_s - DAY_S);
    if (code == CTL_OK)
        code = fetch_beside(fetch, end_s);
    progress_clear();
    return code;
}
