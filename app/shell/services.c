#include "app/shell/services.h"

#include <stdlib.h>

#include "app/config/terminal_rows.h"
#include "app/fleet/fleet_settings.h"
#include "app/shell/settings.h"

/* The longest time for an answer about other machines: a patient stands there. */
#define ELSEWHERE_PATIENCE_MS 2000

static struct receipt_site receipt_site_of(const struct config *config) {
    const struct config_terminal *terminal = config_terminal(config);
    const struct settings *settings = settings_of(config);
    return (struct receipt_site){.title = settings->receipt.title,
                                 .footer = settings->receipt.footer,
                                 .hospital_name = terminal->hospital_name,
                                 .terminal_no = terminal->no};
}

static void complete_by_desk(void *owner, int slot, const char *operation, cJSON **members) {
    desk_complete(owner, slot, operation, members);
}

static void say_again_by_desk(void *owner, int slot, char **operation, char **members) {
    desk_say_again(owner, slot, operation, members);
}

static void fetched_to_desk(void *owner, const char *order_no, const char *operation,
                            const char *members) {
    desk_fetched(owner, order_no, operation, members);
}

static void answered_to_desk(void *owner, const char *operation, const cJSON *sent,
                             const cJSON *tree) {
    desk_answered(owner, operation, sent, tree);
}

/* A started pump may post at once, so every service is complete before the first pump starts. */
static void give_services(struct services *services, const struct given *given) {
    const struct core *core = given->core;
    const struct config *config = given->config;
    const struct settings *settings = settings_of(config);
    const struct settings_devices *devices = settings_devices(config);
    struct inbox *inbox = given->inbox;
    services->core = core;
    services->persist = (struct persist){.inbox = inbox, .core = core, .journal = given->journal};
    services->exchanges.inbox = inbox;
    services->exchanges.core = core;
    services->exchanges.config = config;
    services->exchanges.trace_path = settings->trace_path;
    services->pinpad = (struct pinpad){.inbox = inbox,
                                       .core = core,
                                       .exchanges = &services->exchanges,
                                       .till = config_terminal(config)->no};
    services->print.inbox = inbox;
    services->print.core = core;
    services->print.site = receipt_site_of(config);
    services->print.ui = given->ui;
    services->print.drawer = settings->desk_drawer;
    services->devices = (struct devices){.inbox = inbox,
                                         .bindings = devices->items,
                                         .binding_count = devices->count,
                                         .limits = settings_driver_limits(config),
                                         .print = &services->print,
                                         .pinpad = &services->pinpad,
                                         .ui = given->ui};
    services->records = (struct records){.inbox = inbox, .core = core};
    services->resolve = (struct resolve){.inbox = inbox};
    services->recheck = (struct recheck_service){.inbox = inbox};
    services->reconcile =
        (struct reconcile){.inbox = inbox, .config = config, .config_path = given->config_path};
    services->staff = (struct staff_asks){.inbox = inbox,
                                          .core = core,
                                          .resolve = &services->resolve,
                                          .people = settings->staff.people,
                                          .person_count = settings->staff.count,
                                          .ui = given->ui};
    services->replies = (struct replies){.inbox = inbox,
                                         .core = core,
                                         .devices = &services->devices,
                                         .resolve = &services->resolve,
                                         .recheck = &services->recheck,
                                         .path = settings->control_path};
    services->metrics.inbox = inbox;
    services->metrics.core = core;
    services->metrics.config = config;
    services->exchanges.metrics = &services->metrics;
    services->panel = (struct panel){.inbox = inbox,
                                     .core = core,
                                     .ui = given->ui,
                                     .view = given->view,
                                     .shots_dir = given->shots_dir};
    services->desk.inbox = inbox;
    services->desk.core = core;
    services->desk.config = config;
    services->desk.path = given->desk_path;
    services->desk.remote = (struct desk_listen_options){.address = settings->desk_listen,
                                                         .certificate = settings->desk_certificate,
                                                         .key = settings->desk_key,
                                                         .token = settings->desk_token,
                                                         .socket = given->desk_path};
    if (given->desk_path == NULL)
        return;
    services->exchanges.desk =
        (struct exchange_desk){&services->desk, complete_by_desk, answered_to_desk};
    services->persist.desk = (struct persist_desk){&services->desk, say_again_by_desk};
    services->records.desk = (struct records_desk){&services->desk, fetched_to_desk};
}

/* Where a fleet is configured its process is asked, whether it runs or not. */
static struct asker *start_asking_elsewhere(const struct config *config) {
    if (fleet_settings(config)->database[0] == '\0')
        return NULL;
    char *path = fleet_socket_path(settings_of(config)->journal_path);
    struct asker *asker = asker_start(path, ELSEWHERE_PATIENCE_MS);
    free(path);
    return asker;
}

void services_start(struct services *services, const struct given *given) {
    give_services(services, given);
    persist_start(&services->persist);
    services->records.pump = services->persist.pump;
    services->records.elsewhere = start_asking_elsewhere(given->config);
    services->exchanges.held = (struct held){given->inbox, services->persist.pump};
    services->resolve.pump = services->persist.pump;
    services->recheck.pump = services->persist.pump;
    services->staff.pump = services->persist.pump;
    services->print.pump = services->persist.pump;
    services->desk.pump = services->persist.pump;
    services->metrics.pump = services->persist.pump;
    exchange_start(&services->exchanges);
    devices_start(&services->devices);
    replies_start(&services->replies);
    reconcile_start(&services->reconcile);
    metrics_start(&services->metrics, settings_of(given->config)->metrics_listen);
}

void services_open_desk(struct services *services) {
    desk_start(&services->desk);
}

void services_stop(struct services *services) {
    panel_stop(&services->panel);
    desk_stop(&services->desk);
    metrics_stop(&services->metrics);
    reconcile_stop(&services->reconcile);
    replies_stop(&services->replies);
    devices_stop(&services->devices);
    exchange_stop(&services->exchanges);
    persist_stop(&services->persist);
    asker_stop(services->records.elsewhere); /* the journal's thread asks it */
}
