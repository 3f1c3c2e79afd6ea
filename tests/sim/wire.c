/* The network: loses before and after the other side acted, delays, doubles, reorders, garbles. A
 * request is given up by the other side's listener after 25 s at the latest: less than the quiet
 * time that the terminal counts on. */
#include <stdlib.h>
#include <string.h>

#include "tests/sim/booking.h"
#include "tests/sim/mmpc.h"
#include "tests/sim/outcome.h"
#include "tests/sim/pinpad.h"
#include "tests/sim/sim.h"

#define DELAY_MS_MAX 25000
#define TOO_LATE_MS 20000 /* the answer is not waited for any more */
#define DOWN_MS_MAX 120000
#define UNREACHED_MS_MAX 8000
#define UNHEARD_MS 12000 /* what a pinpad does not acknowledge is given up: three sends, twice */

static const char *const verb_words[VERB_COUNT] = {
    [VERB_NONE] = "nothing",
    [VERB_ACCOUNT] = "account",
    [VERB_BILLS] = "bills",
    [VERB_PLACE] = "place",
    [VERB_ASK] = "ask",
    [VERB_CLOSE] = "close",
    [VERB_CREDIT] = "credit",
    [VERB_ASK_CREDIT] = "ask credit",
    [VERB_UNCREDIT] = "uncredit",
    [VERB_REFUND] = "refund",
    [VERB_ASK_REFUND] = "ask refund",
    [VERB_PROBE_CREDIT] = "probe credit",
    [VERB_GUIDANCE] = "guidance",
    [VERB_RECORDS] = "records",
    [VERB_REOPEN] = "reopen",
    [VERB_FETCH] = "fetch",
    [VERB_PUSH] = "push",
};

const char *verb_word(enum verb verb) {
    return verb_words[verb];
}

static bool of_his(const struct sim_request *request) {
    enum verb verb = request->verb;
    if (booking_serves_request(request))
        return false;
    return verb == VERB_ACCOUNT || verb == VERB_BILLS || verb == VERB_CREDIT ||
           verb == VERB_ASK_CREDIT || verb == VERB_PROBE_CREDIT || verb == VERB_UNCREDIT ||
           verb == VERB_GUIDANCE;
}

static int keep(struct sim *sim, const struct sim_request *request) {
    if (sim->request_count == sim->request_size) {
        sim->request_size = sim->request_size ? sim->request_size * 2 : 256;
        sim->requests = realloc(sim->requests, (size_t)sim->request_size * sizeof *sim->requests);
        if (!sim->requests)
            abort();
    }
    sim->requests[sim->request_count] = *request;
    return sim->request_count++;
}

static bool is_down(struct sim *sim, const struct sim_request *request) {
    int64_t *until_ms = &sim->down_until_ms[of_his(request)];
    if (sim_chance(sim, sim->faults.lose_request / (request->verb == VERB_CREDIT ? 2 : 10))) {
        *until_ms = sim->now_ms + sim_between(sim, 1000, DOWN_MS_MAX);
        sim_trace(sim, "%s goes down", of_his(request) ? "the HIS" : "the platform");
        sim->faults_done++;
    }
    return sim->now_ms < *until_ms;
}

static void wire_refuse(struct sim *sim, int i) {
    sim->requests[i].acted = true;
    sim->requests[i].answer = (struct event_answer){.code = "HTTP 400", .reached = true};
    sim_after(sim, 20, HAPPEN_ANSWER, i);
}

/* Of the orders that are under way at one time hardly two have the same last digits. */
static enum sim_stream stream_of_order(enum sim_stream first, const struct sim_request *request) {
    size_t length = strlen(request->order_no);
    unsigned n = length > 0 ? (unsigned char)request->order_no[length - 1] : 0;
    return (enum sim_stream)((unsigned)first + n % STREAM_ORDERS);
}

static void set_off(struct sim *sim, const struct sim_request *request, int64_t timeout_ms) {
    int i = keep(sim, request), payment = platform_find(sim, request->order_no);
    sim->requests[i].listed_ms = payment < 0 ? 0 : sim->payments[payment].listed_ms;
    sim->requests[i].listed_list = payment < 0 ? 0 : sim->payments[payment].listed_list;
    sim->requests[i].unlooked =
        request->verb == VERB_CREDIT && sim_chance(sim, sim->faults.his_odd / 2);
    sim_trace(sim, "send %u %s %s %s", request->number, verb_word(request->verb), request->order_no,
              request->org_trace_no);
    enum edge_fault fault = edge_pass(sim);
    if (fault == EDGE_KILL) {
        terminal_kill(sim);
        return;
    }
    outcome_note_sent(sim, request);
    other_kiosk_notice(sim, request);
    bool card = pinpad_serves_request(sim, request);
    if (!card && is_down(sim, request)) {
        sim->requests[i].answer = (struct event_answer){.code = "-7"};
        sim->requests[i].acted = true;
        sim_after(sim, sim_chance(sim, 300) ? sim_between(sim, 1, UNREACHED_MS_MAX) : 1,
                  HAPPEN_ANSWER, i);
        if (request->verb == VERB_CREDIT)
            his_race(sim, request->org_trace_no);
        return;
    }
    if (request->verb == VERB_CLOSE)
        durable_note_close(sim, request->order_no, request->leg);
    if (request->verb == VERB_CREDIT) {
        durable_note_credit(sim, request);
        his_note_sent(sim, request);
    }
    sim_after(sim, timeout_ms, HAPPEN_TIMEOUT, i);
    if (fault == EDGE_LOST || fault == EDGE_TORN || crowd_is_silent(sim, request->verb) ||
        sim_chance(sim, sim->faults.lose_request)) {
        sim->faults_done++;
        if (request->verb == VERB_CREDIT)
            his_race(sim, request->org_trace_no);
        if (card)
            sim_after(sim, UNHEARD_MS, HAPPEN_TIMEOUT, i);
        if (fault == EDGE_TORN && !card) /* it is told that nothing can be made of it */
            wire_refuse(sim, i);
        return;
    }
    bool late = fault == EDGE_LATE || sim_chance(sim, sim->faults.delay);
    sim->requests[i].late = late;
    sim->faults_done += late;
    if (late && card)
        sim_after(sim, UNHEARD_MS, HAPPEN_TIMEOUT, i);
    sim_after(sim,
              fault == EDGE_LATE ? TOO_LATE_MS
              : late             ? sim_between(sim, 100, DELAY_MS_MAX)
                                 : sim_between(sim, 2, 30),
              HAPPEN_ARRIVE, i);
    /* ORG_005 for a part has no number of its own: doubled, it would be taken back twice. */
    bool twice = fault == EDGE_TWICE || sim_chance(sim, sim->faults.twice);
    if (request->verb != VERB_UNCREDIT && twice) {
        sim->faults_done++;
        sim->requests[i].twice = true;
        sim_after(sim, sim_between(sim, 2, DELAY_MS_MAX), HAPPEN_ARRIVE, i);
    }
    if (fault == EDGE_POWER)
        terminal_die(sim, VFS_LOSE_ALL);
}

void wire_send(struct sim *sim, const struct sim_request *request, int64_t timeout_ms) {
    enum sim_stream stream = sim_draw_from(sim, stream_of_order(STREAM_WIRE, request));
    set_off(sim, request, timeout_ms);
    sim_draw_from(sim, stream);
}

/* The answer sets out, and may be lost or garbled on its way. */
static void set_out(struct sim *sim, int i, struct event_answer answer) {
    sim->requests[i].acted = true;
    sim->requests[i].acted_ms = sim->now_ms;
    sim->requests[i].acted_list = sim->his_lists;
    if (sim_chance(sim, sim->faults.lose_answer)) {
        sim->faults_done++;
        return;
    }
    if (sim_chance(sim, sim->faults.garble)) {
        sim->faults_done++;
        bool proxy = sim_chance(sim, 300);
        answer = (struct event_answer){.outcome = proxy ? OUTCOME_UNKNOWN : OUTCOME_MALFORMED,
                                       .reached = true};
        if (!pinpad_serves_request(sim, &sim->requests[i])) /* its frames have a checksum */
            memcpy(answer.code, proxy ? "HTTP 502" : "0", proxy ? sizeof "HTTP 502" : sizeof "0");
    }
    sim->requests[i].answer = answer;
    bool late = sim_chance(sim, sim->faults.delay);
    sim->requests[i].late = sim->requests[i].late || late;
    sim_after(sim, late ? sim_between(sim, 100, DELAY_MS_MAX) : sim_between(sim, 2, 30),
              HAPPEN_ANSWER, i);
}

/* False: the answer comes later. */
static bool act(struct sim *sim, const struct sim_request *request, int i,
                struct event_answer *answer) {
    if (booking_serves_request(request))
        booking_act(sim, request, answer);
    else if (of_his(request))
        his_act(sim, request, answer);
    else if (!pinpad_serves_request(sim, request))
        platform_act(sim, request, answer);
    else
        return pinpad_act(sim, request, i, answer);
    return true;
}

void wire_arrive(struct sim *sim, int i) {
    struct sim_request request = sim->requests[i];
    struct event_answer answer = {.reached = true, .verb = request.verb};
    enum sim_stream stream = sim_draw_from(sim, stream_of_order(STREAM_PEERS, &request));
    bool answers = act(sim, &request, i, &answer);
    sim_draw_from(sim, stream_of_order(STREAM_WIRE, &request));
    if (answers) {
        sim_trace(sim, "  %s %u: %s %s", verb_word(request.verb), request.number,
                  outcome_word(answer.outcome), answer.code);
        if (!sim->requests[i].acted) /* else the doubled request's answer finds nobody */
            set_out(sim, i, answer);
    }
    sim_draw_from(sim, stream);
}

void wire_reply(struct sim *sim, int i) {
    if (!sim->requests[i].acted)
        wire_arrive(sim, i);
}

void wire_local(struct sim *sim, const struct sim_request *request,
                const struct document *document) {
    int i = keep(sim, request);
    sim->requests[i].acted = true;
    sim->requests[i].answer =
        (struct event_answer){.outcome = document ? OUTCOME_ACCEPTED : OUTCOME_UNKNOWN,
                              .reached = true,
                              .document = document};
    sim_after(sim, 2, HAPPEN_ANSWER, i);
}

static void deliver(struct sim *sim, int i, struct event_answer answer, bool silent) {
    struct sim_request *request = &sim->requests[i];
    if (request->answered || request->life != sim->life || !sim->running)
        return;
    /* Our own journal's answer comes. */
    enum edge_fault fault = request->verb == VERB_FETCH ? EDGE_NONE : edge_pass(sim);
    if (fault == EDGE_KILL)
        terminal_kill(sim);
    if (fault == EDGE_LATE && !silent)
        sim_after(sim, TOO_LATE_MS, HAPPEN_ANSWER, i);
    if (fault == EDGE_KILL || fault == EDGE_LOST || fault == EDGE_LATE)
        return;
    if (fault == EDGE_TORN)
        answer = (struct event_answer){.outcome = OUTCOME_MALFORMED, .reached = true, .code = "0"};
    if (fault == EDGE_TORN && pinpad_serves_request(sim, request))
        answer.code[0] = '\0';
    request->answered = true;
    int payment = platform_find(sim, request->order_no);
    if (request->verb == VERB_BILLS && answer.outcome == OUTCOME_ACCEPTED && payment >= 0) {
        sim->payments[payment].listed_ms = request->acted_ms;
        if (request->acted_list > sim->payments[payment].listed_list)
            sim->payments[payment].listed_list = request->acted_list;
    }
    if (answer.outcome == OUTCOME_ACCEPTED)
        other_kiosk_note_heard(sim, request);
    other_kiosk_notice(sim, request);
    mmpc_note_heard(sim, request, &answer);
    durable_note_answer(sim, request, &answer);
    terminal_mark_held(sim, request, &answer);
    terminal_bring_holders(sim, bill_list_of(&answer));
    pairs_note_answer(sim, request, &answer, silent);
    answer.request = request->number;
    answer.verb = request->verb;
    sim_trace(sim, "answer %u %s: %s %s", request->number, verb_word(request->verb),
              outcome_word(answer.outcome), answer.code);
    for (int times = fault == EDGE_TWICE ? 2 : 1; times > 0; times--)
        terminal_event(sim, (struct event){.kind = EVENT_ANSWER, .of.answer = answer});
    if (fault == EDGE_POWER && sim->running)
        terminal_die(sim, VFS_LOSE_ALL);
}

void wire_answer(struct sim *sim, int i) {
    deliver(sim, i, sim->requests[i].answer, false);
}

/* A pinpad that does not answer has no number of a transport's error. */
void wire_timeout(struct sim *sim, int i) {
    struct event_answer silence = {.reached = true};
    if (!pinpad_serves_request(sim, &sim->requests[i]))
        memcpy(silence.code, "-28", sizeof "-28");
    deliver(sim, i, silence, true);
}
