/* How a call can be paid now, and what is in the way. */
#include "app/core/desk/parts.h"
#include "app/core/terms/policy.h"

int desk_way_pinpad(enum desk_way way) {
    return way == DESK_WAY_POS1 ? 1 : way == DESK_WAY_POS2 ? 2 : 0;
}

bool desk_way_shows_code(enum desk_way way) {
    return way == DESK_WAY_CODE || way == DESK_WAY_INSURED;
}

static const char *pinpad_obstacle(struct desk_around around, int pos_no) {
    const struct device_state *pinpad =
        pos_no == 2 ? &around.terminal->second_pinpad : &around.terminal->devices[ROLE_PINPAD];
    if (!around.setup->pinpads[pos_no - 1])
        return "desk.no_pos";
    if (book_pinpad_busy(around.book, pos_no))
        return "desk.pos_busy";
    return pinpad->device == DEVICE_READY ? "" : "desk.pos_off";
}

/* By the centre's code on the patient's display; whom the centre's questions must name no call
 * tells whole, and what a portal settled by a message could not be asked about by a call's number.
 */
static const char *insured_obstacle(const struct desk_waiting *call, struct desk_around around) {
    const struct policy *policy = &around.setup->policy;
    bool offered = policy->channels[CHANNEL_INSURANCE];
    bool wallet = call->named == DESK_WAY_NONE || call->named == DESK_WAY_PHONE ||
                  call->named == DESK_WAY_CODE || call->named == DESK_WAY_INSURED;
    if (offered && policy_pushes(policy))
        return "desk.insurance_by_phone";
    if (!offered || policy->insured_by_name)
        return "desk.no_insurance";
    if (!call->insured)
        return "desk.not_insured";
    return wallet ? "" : "desk.other_named";
}

static const char *display_obstacle(struct desk_around around) {
    return !around.setup->patient_display  ? "desk.no_display"
           : around.terminal->display_away ? "desk.display_away"
                                           : "";
}

static bool is_way_named(const struct desk_waiting *call, enum desk_way way) {
    return call->named == DESK_WAY_NONE || call->named == way ||
           (call->any_pinpad && desk_way_pinpad(way) != 0);
}

const char *desk_way_obstacle(const struct desk_window *window, struct desk_around around,
                              enum desk_way way) {
    const struct desk_waiting *call = desk_window_call(window);
    if (call == NULL)
        return "desk.no_call";
    if (way == DESK_WAY_INSURED && insured_obstacle(call, around)[0] != '\0')
        return insured_obstacle(call, around);
    if (way == DESK_WAY_INSURED)
        return display_obstacle(around);
    if (!is_way_named(call, way))
        return "desk.other_named";
    switch (way) {
    case DESK_WAY_PHONE:
    case DESK_WAY_CASH:
        return "";
    case DESK_WAY_CODE:
        return display_obstacle(around);
    case DESK_WAY_POS1:
    case DESK_WAY_POS2:
        return pinpad_obstacle(around, desk_way_pinpad(way));
    case DESK_WAY_NONE:
    case DESK_WAY_FACE:
    case DESK_WAY_INSURED:
    case DESK_WAY_COUNT:
        break;
    }
    return "desk.no_call";
}

struct desk_around desk_around_of(struct desk_turn turn) {
    return (struct desk_around){turn.book.setup, turn.terminal, turn.book.book};
}
