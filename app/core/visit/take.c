/* TAKE: a visit is over, and the patient is reminded of what is still in the machine. Ends when all
 * of it was taken, at a touch, or in time: perhaps nobody is there any more. */
#include "app/core/visit/take.h"

static bool holds_media(const struct terminal *terminal, enum device_role role) {
    return terminal->devices[role].media == MEDIA_PRESENT;
}

static bool holds_ours(const struct terminal *terminal, enum device_role role) {
    return holds_media(terminal, role) && !terminal->left[role];
}

bool take_any(const struct visit_left *left) {
    return left->card || left->id_card || left->receipt;
}

/* What still lies there belongs to nobody who comes later. */
static void disown_media(struct terminal *terminal) {
    terminal->left[ROLE_CARD_READER] = holds_media(terminal, ROLE_CARD_READER);
    terminal->left[ROLE_PRINTER] = holds_media(terminal, ROLE_PRINTER);
}

/* A receipt that is still being printed comes out after its visit. One that is printed may do so
 * too: a presenter tells that it holds it a moment after the printer told that it is on paper. */
static void expect_receipt(struct visit *visit) {
    const struct session *session = visit->session;
    const struct visit_payment *payment = &session->payment;

    visit->terminal->receipt_due = payment->receipt == RECEIPT_PRINTING ||
                                   (payment->receipt == RECEIPT_PRINTED && !payment->receipt_came);
    visit->terminal->receipt_language = session->language;
}

struct visit_left take_left_behind(struct visit *visit) {
    struct terminal *terminal = visit->terminal;
    const struct limits *limits = &visit->setup->limits;
    bool reminds = limits->forgotten_ms > 0;

    if (session_base(visit->session) == SCREEN_TAKE) {
        disown_media(terminal);
        return (struct visit_left){0};
    }
    expect_receipt(visit);
    return (struct visit_left){.card = reminds && holds_ours(terminal, ROLE_CARD_READER),
                               .id_card = limits->take_ms > 0 && visit->session->id_card_read,
                               .receipt = reminds && holds_ours(terminal, ROLE_PRINTER),
                               .id_reader_empty =
                                   terminal->devices[ROLE_ID_READER].media == MEDIA_NONE};
}

/* True on the first screen, when nobody has begun. */
static bool is_between_visits(const struct visit *visit) {
    return visit->session->screen == SCREEN_WELCOME ||
           visit->session->screen == SCREEN_OUT_OF_SERVICE;
}

/* The patient of this receipt has just gone, or somebody else has begun. */
static struct next late_receipt(struct visit *visit) {
    struct terminal *terminal = visit->terminal;

    terminal->receipt_due = false;
    if (!is_between_visits(visit) || visit->setup->limits.forgotten_ms == 0) {
        terminal->left[ROLE_PRINTER] = true;
        return next_stay();
    }
    visit->session->language = terminal->receipt_language;
    visit->session->left = (struct visit_left){.receipt = true, .notice = visit->session->notice};
    return next_show(SCREEN_TAKE);
}

struct next take_hear_device(struct visit *visit, enum device_role role) {
    struct terminal *terminal = visit->terminal;

    if (!holds_media(terminal, role))
        terminal->left[role] = false;
    else if (role == ROLE_PRINTER && terminal->receipt_due)
        return late_receipt(visit);
    else if (role == ROLE_PRINTER)
        visit->session->payment.receipt_came = true;
    return next_stay();
}

/* An ID card that was read is not felt again until it is lifted: a reader that finds none proves
 * nothing unless it has found one before. */
static void follow_id_reader(struct visit *visit) {
    struct visit_left *left = &visit->session->left;
    bool is_empty = visit->terminal->devices[ROLE_ID_READER].media == MEDIA_NONE;

    if (is_empty && !left->id_reader_empty)
        left->id_card = false;
    left->id_reader_empty = is_empty;
}

/* Ends the reminder when nothing is left to take. */
static struct next stay_or_end(struct visit *visit) {
    const struct visit_left *left = &visit->session->left;

    return take_any(left) ? next_stay() : next_end(left->notice);
}

static struct next take_follow(struct visit *visit) {
    struct visit_left *left = &visit->session->left;

    left->card = left->card && holds_media(visit->terminal, ROLE_CARD_READER);
    left->receipt = left->receipt && holds_media(visit->terminal, ROLE_PRINTER);
    follow_id_reader(visit);
    return stay_or_end(visit);
}

/* NEXT: the patient says that all is taken. */
static struct next take_confirmed(struct visit *visit, struct touch touch) {
    (void)touch;
    return next_end(visit->session->left.notice);
}

static int64_t take_deadline(struct situation at) {
    const struct visit_left *left = &at.session->left;
    const struct limits *limits = &at.setup->limits;
    int64_t limit_ms = left->card || left->receipt ? limits->forgotten_ms : limits->take_ms;

    if (left->id_card && limits->take_ms < limit_ms)
        limit_ms = limits->take_ms;
    return at.session->since_mono_ms + limit_ms;
}

static struct next take_expired(struct visit *visit) {
    struct visit_left *left = &visit->session->left;
    const struct limits *limits = &visit->setup->limits;
    int64_t stood_ms = visit->now.mono_ms - visit->session->since_mono_ms;

    if (stood_ms >= limits->take_ms)
        left->id_card = false;
    if (stood_ms >= limits->forgotten_ms)
        left->card = left->receipt = false;
    return stay_or_end(visit);
}

const struct screen_ops take_screen = {.rule = {.screen = SCREEN_TAKE,
                                                .hears = HEARS_ALWAYS,
                                                .touches = TAKES_ALWAYS | TAKES(NEXT),
                                                .back = SCREEN_TAKE,
                                                .timeout = SCREEN_WELCOME,
                                                .idle = IDLE_NEVER},
                                       .touch = take_confirmed,
                                       .follow = take_follow,
                                       .deadline = take_deadline,
                                       .expired = take_expired};
