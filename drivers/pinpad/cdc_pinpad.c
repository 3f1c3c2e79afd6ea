/* A pinpad on a serial port over USB, speaking the Bench ECR Profile (devices.md F2). An unanswered
 * act is asked about by its sequence and never sent as a new one; if that stays unanswered too, it
 * is unknown. The card number and the PIN stay in the pinpad. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "drivers/pinpad/ecr.h"
#include "drivers/transport/cdc.h"
#include "drivers/usb/driver.h"

#define SENDS_MAX 3
#define BETWEEN_BYTES_MS 500
#define WORDS_SIZE 96

static const struct usb_match matches[] = {{0, 0, 2, 2, USB_ANY, false}};

enum phase { PHASE_NONE = 0, PHASE_SEND, PHASE_ACK, PHASE_ANSWER };

/* One message and its answer. */
struct exchange {
    enum phase phase;
    bool greeting; /* the driver's own: no completion is owed */
    bool question; /* asks what became of `request`, whose own answer was lost */
    struct pos_request request;
    char sequence[7];
    int sends;
    int64_t deadline_ms;
    size_t length;
    uint8_t frame[ECR_FRAME_MAX];
};

struct pinpad {
    struct ecr_reader reader;
    int64_t byte_ms;              /* of the last byte of half a frame */
    struct exchange main, cancel; /* a cancel is sent while its sale is in flight */
    const char *trouble;          /* with the line; literal */
    char terminal[9];             /* as it said in its greeting */
    bool greeted, out_busy, ack_due, nak_due;
};

static const struct ecr_dialect *const dialect = &ecr_bench_v1;

static void pinpad_go_on(struct usb_port *port);

#define DAY_TENTHS 864000
#define SALES 10001 /* sequences below are the program's, for sales and returns */

/* Makes a sequence for the driver's own messages: the tenth of a second in the day, never twice in
 * a day, because the pinpad repeats its answer to a known sequence. */
static void own_sequence(struct usb_port *port, char out[7]) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int days = (int)(now.tv_sec / 86400 % 2048);
    int tenths = (int)(now.tv_sec % 86400 * 10 + now.tv_nsec / 100000000);
    int number = usb_port_next_number(port, days * DAY_TENTHS + tenths);
    snprintf(out, 7, "%06u", (unsigned)(SALES + number % DAY_TENTHS));
}

static void post_done(struct usb_port *port, struct exchange *exchange,
                      enum driver_completion completion, const struct pos_result *result) {
    struct driver_event event = {.kind = DRIVER_POS_DONE};
    event.of.pos.id = exchange->request.id;
    event.of.pos.completion = completion;
    if (result)
        event.of.pos.result = *result;
    bool told = exchange->greeting;
    exchange->phase = PHASE_NONE;
    if (!told)
        usb_port_post(port, &event);
}

static void begin_act(struct usb_port *port, struct exchange *exchange) {
    uint8_t data[ECR_DATA_MAX];
    struct pos_request request = exchange->request;
    if (exchange->question)
        request.operation = POS_QUERY;
    exchange->sends = 0;
    exchange->phase = PHASE_SEND;
    if (!ecr_request(dialect, &request, exchange->sequence, data)) {
        post_done(port, exchange, COMPLETED_FAILED, NULL); /* nothing of it was sent */
        return;
    }
    exchange->length = ecr_frame(data, (size_t)dialect->request_length, exchange->frame);
}

static void show_pinpad(struct usb_port *port, enum device_word device, const char *detail) {
    usb_port_status(port, device, SUPPLY_NOT_SUPPORTED, MEDIA_UNKNOWN, detail);
}

static bool moves_money(enum pos_operation operation) {
    return operation == POS_SALE || operation == POS_VOID || operation == POS_REFUND;
}

/* No answer came. An act is asked about once; then it is unknown. */
static void lose_answer(struct usb_port *port, struct exchange *exchange) {
    struct pinpad *pinpad = usb_port_state(port);
    if (!exchange->question && moves_money(exchange->request.operation)) {
        exchange->question = true;
        own_sequence(port, exchange->sequence);
        begin_act(port, exchange);
        return;
    }
    if (exchange->greeting && usb_port_silent(port, "does not answer"))
        return;
    if (exchange == &pinpad->main) { /* no sale before it has answered a greeting again */
        pinpad->greeted = false;
        show_pinpad(port, DEVICE_UNKNOWN, "does not answer");
    }
    post_done(port, exchange, COMPLETED_UNKNOWN, NULL);
}

static void send_frame_again(struct usb_port *port, struct exchange *exchange) {
    if (exchange->greeting && usb_port_silent(port, "does not answer"))
        return;
    if (exchange->sends < SENDS_MAX)
        exchange->phase = PHASE_SEND;
    else
        lose_answer(port, exchange);
}

static void greet_pinpad(struct usb_port *port) {
    struct pinpad *pinpad = usb_port_state(port);
    pinpad->main = (struct exchange){.greeting = true, .request.operation = POS_ECHO};
    own_sequence(port, pinpad->main.sequence);
    begin_act(port, &pinpad->main);
}

static void set_timer(struct usb_port *port) {
    struct pinpad *pinpad = usb_port_state(port);
    int64_t deadline = INT64_MAX, now = usb_now_ms();
    const struct exchange *both[] = {&pinpad->main, &pinpad->cancel};
    for (int i = 0; i < 2; i++)
        if (both[i]->phase >= PHASE_ACK && both[i]->deadline_ms < deadline)
            deadline = both[i]->deadline_ms;
    if (pinpad->reader.count > 0 && pinpad->byte_ms + BETWEEN_BYTES_MS < deadline)
        deadline = pinpad->byte_ms + BETWEEN_BYTES_MS;
    if (deadline == INT64_MAX && !pinpad->greeted)
        deadline = now + usb_port_limits(port)->poll_ms;
    usb_port_timer(port, deadline == INT64_MAX ? 0 : deadline > now ? (int)(deadline - now) : 1);
}

static bool send_frame(struct usb_port *port, const uint8_t *bytes, size_t length) {
    struct pinpad *pinpad = usb_port_state(port);
    pinpad->out_busy = usb_port_send(port, bytes, length, usb_port_limits(port)->transfer_ms);
    return pinpad->out_busy;
}

static bool send_due(struct usb_port *port, struct exchange *exchange) {
    if (exchange->phase != PHASE_SEND)
        return false;
    exchange->phase = PHASE_ACK;
    exchange->sends++;
    exchange->deadline_ms = usb_now_ms() + usb_port_limits(port)->pos_ack_ms;
    return send_frame(port, exchange->frame, exchange->length);
}

static void pinpad_go_on(struct usb_port *port) {
    struct pinpad *pinpad = usb_port_state(port);
    if (!pinpad->out_busy) {
        if (pinpad->ack_due || pinpad->nak_due) {
            uint8_t byte = pinpad->nak_due ? 0x15 : 0x06;
            pinpad->ack_due = pinpad->nak_due = false;
            send_frame(port, &byte, 1);
        } else if (!send_due(port, &pinpad->main)) {
            send_due(port, &pinpad->cancel);
        }
    }
    set_timer(port);
}

/* Takes ACK or NAK. It carries no sequence, so it belongs to the exchange that waits for one. */
static void take_ack(struct usb_port *port, bool good) {
    struct pinpad *pinpad = usb_port_state(port);
    struct exchange *exchange = pinpad->main.phase == PHASE_ACK ? &pinpad->main : &pinpad->cancel;
    if (exchange->phase != PHASE_ACK)
        return;
    if (!good) {
        send_frame_again(port, exchange);
        return;
    }
    const struct driver_limits *limits = usb_port_limits(port);
    exchange->phase = PHASE_ANSWER;
    exchange->deadline_ms =
        usb_now_ms() + (exchange->greeting ? SENDS_MAX * limits->pos_ack_ms : limits->pos_ms);
}

/* True when the bank's number, of the pinpad or of the merchant, is not the configured one. A
 * number that was left out counts as another's only where money moved. */
static bool is_other_number(const char *pinned, const char *found, bool moved) {
    return pinned && *pinned && (*found || moved) && strcmp(pinned, found) != 0;
}

/* True, and why in `words`, when an answer is another pinpad's: it proves nothing about ours. */
static bool is_other_pinpad(struct usb_port *port, const struct pos_result *result, bool moved,
                            char *words, size_t size) {
    const struct driver_binding *binding = usb_port_binding(port);
    bool other = is_other_number(binding->terminal_no, result->terminal, moved);
    if (other)
        snprintf(words, size, "terminal \"%s\" answers, not \"%s\" of the configuration",
                 result->terminal, binding->terminal_no);
    else if ((other = is_other_number(binding->merchant_no, result->merchant, moved)))
        snprintf(words, size, "merchant \"%s\" answers, not \"%s\" of the configuration",
                 result->merchant, binding->merchant_no);
    return other;
}

static void end_greeting(struct usb_port *port, const struct pos_result *result) {
    struct pinpad *pinpad = usb_port_state(port);
    char words[WORDS_SIZE];
    bool other = is_other_pinpad(port, result, false, words, sizeof words);
    if (other ? usb_port_silent(port, words) : !usb_port_mine(port, 0))
        return;
    pinpad->greeted = !other && strcmp(result->code, "00") == 0;
    memcpy(pinpad->terminal, result->terminal, sizeof pinpad->terminal);
    if (pinpad->greeted) {
        struct driver_event event = {.kind = DRIVER_POS_GREETED,
                                     .pos_no = usb_port_binding(port)->pos_no};
        event.of.greeted = *result;
        usb_port_post(port, &event); /* before anybody takes it for ready */
    }
    if (other)
        show_pinpad(port, DEVICE_FAULT, words);
    else if (pinpad->greeted)
        show_pinpad(port, DEVICE_READY, pinpad->trouble);
    else
        show_pinpad(port, strcmp(result->code, "Z3") == 0 ? DEVICE_BUSY : DEVICE_OFFLINE,
                    "the pinpad is not in service");
}

/* True when the answer decides about the money; false when only the question failed. */
static enum driver_completion completion_of(const struct exchange *exchange,
                                            const struct pos_result *result) {
    static const char *const of_the_question[] = {"Z3", "Z4", "Z6", "Z7"};
    bool asked = exchange->question || exchange->request.operation == POS_QUERY;
    for (int i = 0; asked && i < 4; i++)
        if (strcmp(result->code, of_the_question[i]) == 0)
            return COMPLETED_UNKNOWN;
    return strcmp(result->code, "Z6") == 0 ? COMPLETED_UNKNOWN : COMPLETED_OK;
}

/* True when the act is another order's with our sequence: it says nothing of ours. */
static bool is_other_order(const struct exchange *exchange, const struct pos_result *result) {
    return *exchange->request.order_no && *result->order_no &&
           strcmp(exchange->request.order_no, result->order_no) != 0;
}

static bool is_answer_to(const struct exchange *exchange, const struct ecr_answer *answer) {
    bool waits = exchange->phase == PHASE_ACK || exchange->phase == PHASE_ANSWER ||
                 (exchange->phase == PHASE_SEND && exchange->sends > 0);
    if (!waits || strcmp(answer->sequence, exchange->sequence) != 0)
        return false;
    int type = exchange->question ? POS_QUERY : (int)exchange->request.operation;
    return answer->kind == ECR_PROGRESS || answer->type == type;
}

/* The outcome is unknown, and nothing is sold until the right pinpad has answered. A question may
 * bring an old slip of another pinpad to light: then this one goes on. */
static void refuse_pinpad(struct usb_port *port, struct exchange *exchange, const char *words) {
    struct pinpad *pinpad = usb_port_state(port);
    bool old_slip = exchange->question || exchange->request.operation == POS_QUERY;
    pinpad->greeted = pinpad->greeted && old_slip;
    show_pinpad(port, old_slip ? DEVICE_READY : DEVICE_FAULT, words);
    post_done(port, exchange, COMPLETED_UNKNOWN, NULL);
}

static void take_response(struct usb_port *port, struct exchange *exchange,
                          const struct ecr_answer *answer) {
    char words[WORDS_SIZE];
    if (exchange->greeting) {
        exchange->phase = PHASE_NONE;
        end_greeting(port, &answer->result);
        return;
    }
    bool moved =
        exchange->request.operation != POS_CANCEL && pos_code_approves(answer->result.code);
    if (is_other_pinpad(port, &answer->result, moved, words, sizeof words)) {
        refuse_pinpad(port, exchange, words);
        return;
    }
    if (answer->unmasked)
        show_pinpad(port, DEVICE_READY, "the pinpad sent an unmasked card number: left out");
    if (is_other_order(exchange, &answer->result))
        post_done(port, exchange, COMPLETED_UNKNOWN, NULL);
    else
        post_done(port, exchange, completion_of(exchange, &answer->result), &answer->result);
}

static void take_progress(struct usb_port *port, struct exchange *exchange, int state) {
    struct driver_event event = {.kind = DRIVER_POS_PROGRESS};
    event.of.progress.id = exchange->request.id;
    event.of.progress.state = state;
    exchange->phase = PHASE_ANSWER;
    exchange->deadline_ms = usb_now_ms() + usb_port_limits(port)->pos_ms;
    if (!exchange->greeting)
        usb_port_post(port, &event);
}

static void take_frame(struct usb_port *port) {
    struct pinpad *pinpad = usb_port_state(port);
    struct ecr_answer answer;
    size_t length;
    const uint8_t *data = ecr_data(&pinpad->reader, &length);
    enum ecr_kind kind = ecr_answer(dialect, data, length, &answer);
    struct exchange *both[] = {&pinpad->main, &pinpad->cancel}, *exchange = NULL;
    for (int i = 0; i < 2 && !exchange; i++)
        if (kind != ECR_MALFORMED && is_answer_to(both[i], &answer))
            exchange = both[i];
    /* Acknowledges also what nobody waits for any more, else the pinpad sends it again and again.
     */
    pinpad->ack_due = pinpad->ack_due || kind != ECR_PROGRESS;
    if (exchange && kind == ECR_RESPONSE)
        take_response(port, exchange, &answer);
    else if (exchange && kind == ECR_PROGRESS)
        take_progress(port, exchange, answer.state);
    explicit_bzero(&answer, sizeof answer);
}

static void heard(struct usb_port *port, const uint8_t *bytes, size_t length) {
    struct pinpad *pinpad = usb_port_state(port);
    pinpad->byte_ms = usb_now_ms();
    for (size_t i = 0; i < length; i++) {
        switch (ecr_read(&pinpad->reader, bytes[i])) {
        case ECR_ACK:
            take_ack(port, true);
            break;
        case ECR_NAK:
            take_ack(port, false);
            break;
        case ECR_FRAME:
            take_frame(port);
            break;
        case ECR_BAD:
            pinpad->nak_due = true;
            break;
        case ECR_NOTHING:
            break;
        }
    }
    pinpad_go_on(port);
}

static void sent(struct usb_port *port, size_t length) {
    struct pinpad *pinpad = usb_port_state(port);
    (void)length; /* a frame that was sent in part is not acknowledged: its deadline tells */
    pinpad->out_busy = false;
    pinpad_go_on(port);
}

static void check_deadline(struct usb_port *port, struct exchange *exchange, int64_t now) {
    if (exchange->deadline_ms > now)
        return;
    if (exchange->phase == PHASE_ACK)
        send_frame_again(port, exchange);
    else if (exchange->phase == PHASE_ANSWER)
        lose_answer(port, exchange);
}

static void timer(struct usb_port *port) {
    struct pinpad *pinpad = usb_port_state(port);
    int64_t now = usb_now_ms();
    if (pinpad->reader.count > 0 && pinpad->byte_ms + BETWEEN_BYTES_MS <= now)
        ecr_reader_reset(&pinpad->reader);
    check_deadline(port, &pinpad->main, now);
    check_deadline(port, &pinpad->cancel, now);
    if (!pinpad->greeted && pinpad->main.phase == PHASE_NONE)
        greet_pinpad(port);
    pinpad_go_on(port);
}

static void start(struct usb_port *port) {
    struct pinpad *pinpad = usb_port_state(port);
    show_pinpad(port, DEVICE_UNKNOWN, "asking");
    cdc_open(port, 0, 0, &pinpad->trouble);
}

static void answered(struct usb_port *port, int tag, const uint8_t *bytes, int length) {
    struct pinpad *pinpad = usb_port_state(port);
    (void)bytes;
    if (!cdc_open(port, tag, length, &pinpad->trouble))
        return;
    greet_pinpad(port);
    pinpad_go_on(port);
}

/* True while the sale is in flight that this cancel is of. Nothing else is cancelled: a pinpad that
 * gets one ends whatever waits for a card, somebody else's return too. */
static bool cancels_this(const struct exchange *main, const struct pos_request *cancel) {
    return main->phase != PHASE_NONE && !main->greeting && main->request.operation == POS_SALE &&
           strcmp(main->request.order_no, cancel->order_no) == 0;
}

static bool pos(struct usb_port *port, const struct pos_request *request) {
    struct pinpad *pinpad = usb_port_state(port);
    bool cancels = request->operation == POS_CANCEL;
    struct exchange *exchange = cancels ? &pinpad->cancel : &pinpad->main;
    bool another = request->terminal[0] != '\0' && strcmp(request->terminal, pinpad->terminal) != 0;
    /* It may never answer, it is not the one that was meant, or there is nothing to cancel: refused
     * at once, nothing is sent. */
    if (!pinpad->greeted || another || (cancels && !cancels_this(&pinpad->main, request))) {
        post_done(port, &(struct exchange){.request = *request}, COMPLETED_FAILED, NULL);
        return true;
    }
    if (exchange->phase != PHASE_NONE || (cancels && pinpad->main.phase != PHASE_ANSWER))
        return false;
    *exchange = (struct exchange){.request = *request};
    if (moves_money(request->operation))
        snprintf(exchange->sequence, sizeof exchange->sequence, "%s", request->sequence);
    else
        own_sequence(port, exchange->sequence);
    begin_act(port, exchange);
    pinpad_go_on(port);
    return true;
}

static void stop(struct usb_port *port) {
    struct pinpad *pinpad = usb_port_state(port);
    struct exchange *both[] = {&pinpad->main, &pinpad->cancel};
    for (int i = 0; i < 2; i++)
        if (both[i]->phase != PHASE_NONE)
            post_done(port, both[i],
                      both[i]->sends > 0 || both[i]->question ? COMPLETED_UNKNOWN
                                                              : COMPLETED_FAILED,
                      NULL);
    ecr_reader_reset(&pinpad->reader);
}

const struct usb_driver pinpad_cdc = {.name = "pinpad-ecr",
                                      .role = ROLE_PINPAD,
                                      .matches = matches,
                                      .match_count = sizeof matches / sizeof *matches,
                                      .second_class = 0x0a,
                                      .state_size = sizeof(struct pinpad),
                                      .proves = true,
                                      .start = start,
                                      .heard = heard,
                                      .sent = sent,
                                      .answered = answered,
                                      .timer = timer,
                                      .stop = stop,
                                      .pos = pos};
