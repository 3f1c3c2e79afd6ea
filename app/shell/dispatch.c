#include "app/shell/dispatch.h"

#include "app/base/clock.h"
#include "app/base/log.h"

static void dispatch_persist(struct services *services, const struct effect *effect) {
    const struct part_note *notes = &services->notes[effect->of.persist.first];
    persist_write(&services->persist, effect, notes, services->evidence);
}

static void dispatch_set_aside(struct services *services, const struct effect *effect) {
    persist_set_aside(&services->persist, effect);
}

static void dispatch_send(struct services *services, const struct effect *effect) {
    if (records_serve(effect))
        records_send(&services->records, effect);
    else if (pinpad_serves(&services->pinpad, effect))
        pinpad_send(&services->pinpad, effect);
    else
        exchange_send(&services->exchanges, effect);
}

static void dispatch_arm(struct services *services, const struct effect *effect) {
    devices_arm(&services->devices, effect->of.arm.arm);
}

static void dispatch_print(struct services *services, const struct effect *effect) {
    print_receipt(&services->print, effect);
}

static void dispatch_wipe(struct services *services, const struct effect *effect) {
    (void)effect;
    documents_sweep(&services->documents, services->core);
}

static void dispatch_log(struct services *services, const struct effect *effect) {
    static const struct {
        enum log_level level;
        const char *module, *text;
    } words[] = {
        [LOG_STALE_ANSWER] = {LOG_INFO, "core", "an answer nobody waits for any more"},
        [LOG_ORDERS_FULL] = {LOG_WARNING, "core",
                             "as many open orders as there can be: no new payment"},
        [LOG_UNEXPECTED] = {LOG_WARNING, "core", "an event this state does not know"},
        [LOG_CLOCK_WRONG] = {LOG_ERROR, "clock",
                             "this clock is more than 60 s off the paying platform's: no code is "
                             "sold until it is set (timedatectl set-ntp true)"},
        [LOG_CLOCK_RIGHT] = {LOG_INFO, "clock", "this clock is the paying platform's"},
        [LOG_STAFF_CALLED] = {LOG_WARNING, "staff", "somebody at the panel asks for help"},
        [LOG_STAFF_QUIT] = {LOG_INFO, "staff", "shut down at the panel"},
        [LOG_STAFF_CLOSED] = {LOG_INFO, "staff", "taken out of service at the panel"},
        [LOG_STAFF_OPENED] = {LOG_INFO, "staff", "put back into service at the panel"},
    };
    enum log_word word = effect->of.log.word;
    const char *who = staff_asks_person(&services->staff, effect->of.log.person);
    log_write(words[word].level, words[word].module, "%s%s%s", words[word].text,
              who[0] != '\0' ? " by " : "", who);
}

static void dispatch_staff(struct services *services, const struct effect *effect) {
    staff_asks_run(&services->staff, effect);
}

static void dispatch_reply(struct services *services, const struct effect *effect) {
    replies_status(&services->replies, effect->number);
}

static void dispatch_call(struct services *services, const struct effect *effect) {
    desk_told(&services->desk, effect);
}

static void dispatch_chosen(struct services *services, const struct effect *effect) {
    desk_chosen(&services->desk, effect);
}

static void dispatch_drawer(struct services *services, const struct effect *effect) {
    print_drawer(&services->print, effect);
}

static void dispatch_slip(struct services *services, const struct effect *effect) {
    print_slip(&services->print, effect);
}

/* Called on the journal's thread. It is found out again after a restart where it is not kept. */
static void keep_found(void *context, struct journal *journal) {
    const char *what = context;
    if (journal_find_out(journal, what, clock_wall_ms()) != JOURNAL_OK)
        log_write(LOG_ERROR, "journal", "what was found out is not kept: %s",
                  journal_error(journal));
}

static void dispatch_found(struct services *services, const struct effect *effect) {
    bool visit = effect->of.found.settles == SETTLE_RESULT_VISIT;
    static char by_visit[] = JOURNAL_FOUND_BY_VISIT, by_order[] = JOURNAL_FOUND_BY_ORDER;
    log_write(visit ? LOG_WARNING : LOG_INFO, "his", "%s",
              visit ? "querySettleResult tells of the patient's newest settlement, whatever number "
                      "is asked: its answers prove nothing (his.settle_result: visit)"
                    : "querySettleResult tells of the number that is asked (his.settle_result: "
                      "order)");
    if (services->persist.pump != NULL)
        journal_pump_read(services->persist.pump, keep_found, visit ? by_visit : by_order);
}

static void dispatch_quit(struct services *services, const struct effect *effect) {
    (void)effect;
    services->quit = true;
}

static void (*const acts[EFFECT_COUNT])(struct services *services, const struct effect *effect) = {
    [EFFECT_PERSIST] = dispatch_persist,
    [EFFECT_SEND] = dispatch_send,
    [EFFECT_ARM] = dispatch_arm,
    [EFFECT_PRINT] = dispatch_print,
    [EFFECT_WIPE] = dispatch_wipe,
    [EFFECT_LOG] = dispatch_log,
    [EFFECT_STAFF] = dispatch_staff,
    [EFFECT_REPLY] = dispatch_reply,
    [EFFECT_CALL] = dispatch_call,
    [EFFECT_CHOSEN] = dispatch_chosen,
    [EFFECT_DRAWER] = dispatch_drawer,
    [EFFECT_FOUND] = dispatch_found,
    [EFFECT_SLIP] = dispatch_slip,
    [EFFECT_QUIT] = dispatch_quit,
    [EFFECT_SET_ASIDE] = dispatch_set_aside,
};

void dispatch_effects(struct services *services, const struct effects *effects,
                      const char *evidence) {
    services->evidence = evidence;
    services->notes = effects->notes;
    desk_before(&services->desk, effects);
    for (int i = 0; i < effects->count; i++) {
        const struct effect *effect = &effects->items[i];
        ENSURE(effect->kind < EFFECT_COUNT && acts[effect->kind] != NULL);
        acts[effect->kind](services, effect);
    }
    services->evidence = NULL;
    services->notes = NULL;
}
