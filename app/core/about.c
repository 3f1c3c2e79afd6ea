#include "app/core/about.h"

#include <string.h>

enum screen core_screen(const struct core *core) {
    return core->window.on ? core->window.screen : core->session.screen;
}

bool core_staff_called(const struct core *core) {
    return core->session.called_ms != 0;
}

enum language core_language(const struct core *core) {
    return core->session.language;
}

bool core_looks_at(const struct core *core, const struct document *document) {
    return session_looks_at(&core->session, document);
}

struct question core_question(const struct core *core, enum verb verb) {
    if (core->window.on) /* a window asks what a code stands for, and nothing else */
        return (struct question){.verb = verb, .code = core->window.payment.pay_code, .card = -1};
    return session_question(&core->session, verb);
}

const struct session *core_session_at(const struct core *core, const struct order *order) {
    return strcmp(order->no, core->session.payment.order_no) == 0 ? &core->session : NULL;
}

int core_open_orders(const struct core *core) {
    int open = 0;

    for (int i = 0; i < ORDERS_MAX; i++)
        open += core->book.orders[i].run.used && !order_finished(&core->book.orders[i]);
    return open;
}

struct patient_keys core_patient_keys(const struct core *core) {
    const struct desk_window *window = &core->window;

    if (!window->on)
        return session_patient_keys(&core->session);
    return window->waiting_count > 0 ? window->waiting[0].keys : (struct patient_keys){.id = ""};
}

bool core_looks_elsewhere(const struct core *core) {
    return core->window.on || core->session.service == SERVICE_RECORDS ||
           core->session.question == QUESTION_PUSHED;
}

const char *core_order_no(const struct core *core) {
    return core->window.on ? core->window.payment.order_no : core->session.payment.order_no;
}

const char *core_typed(const struct core *core) {
    return core->window.on ? core->window.typed : core->session.typed;
}

const struct visit_staff *core_staff(const struct core *core) {
    return &core->session.staff;
}

const struct bill_list *core_bills(const struct core *core) {
    return session_bills(&core->session);
}
