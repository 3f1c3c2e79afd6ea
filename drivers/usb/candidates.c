#include "drivers/usb/candidates.h"

int usb_closeness(const struct driver_binding *binding) {
    return (binding->vid != 0) + (binding->pid != 0) + 2 * binding->interface_given +
           4 * (binding->port && *binding->port);
}

const struct usb_port *usb_holder_of(const struct usb_choice *choice, const libusb_device *device,
                                     const struct usb_fit *fit) {
    for (int i = 0; i < choice->port_count; i++) {
        const struct usb_port *port = &choice->ports[i];
        if (port->device == device &&
            (port->fit.interface == fit->interface ||
             port->fit.interface == fit->second_interface ||
             (port->fit.second_interface >= 0 && port->fit.second_interface == fit->interface)))
            return port;
    }
    return NULL;
}

static bool fits_interface(const struct usb_port *port, const struct usb_found *found,
                           int interface) {
    struct usb_fit fits[USB_FITS_MAX];
    int count = usb_survey_match(found, port->driver, port->binding, fits);
    for (int i = 0; i < count; i++)
        if (fits[i].interface == interface)
            return true;
    return false;
}

/* Another port's binding names it more closely, and has no other. */
static bool is_named_for_another(const struct usb_choice *choice, const struct usb_port *port,
                                 const struct usb_found *found, const struct usb_fit *fit) {
    for (int i = 0; i < choice->port_count; i++) {
        const struct usb_port *other = &choice->ports[i];
        bool has_another = usb_port_settled(other) && other->device != found->device;
        if (usb_closeness(other->binding) > usb_closeness(port->binding) && !has_another &&
            fits_interface(other, found, fit->interface))
            return true;
    }
    return false;
}

/* Another's, and it will stay so. */
static bool is_lost(const struct usb_port *port, const struct usb_port *holder) {
    bool of_a_friend = holder && holder->leader == port->leader;
    bool may_be_let_go = holder && holder->driver->proves && !port->driver->proves;
    return holder && (usb_port_settled(holder) || !(of_a_friend || may_be_let_go));
}

static void add_candidates(const struct usb_choice *choice, const struct usb_port *port,
                           const struct usb_found *found, struct usb_candidates *out) {
    struct usb_fit fits[USB_FITS_MAX];
    int count = usb_survey_match(found, port->driver, port->binding, fits);
    for (int i = 0; i < count && out->count < USB_CANDIDATES_MAX; i++) {
        struct usb_candidate one = {
            found, fits[i], usb_holder_of(choice, found->device, &fits[i]),
            usb_seen_find(&choice->memory, port->leader, found->device, fits[i].interface)};
        if (!usb_seen_is_out(one.seen) && !is_lost(port, one.holder) &&
            !is_named_for_another(choice, port, found, &one.fit))
            out->all[out->count++] = one;
    }
}

struct usb_candidates usb_candidates_find(const struct usb_choice *choice,
                                          const struct usb_port *port,
                                          const struct usb_survey *survey) {
    struct usb_candidates out = {0};
    for (int i = 0; i < survey->count; i++)
        add_candidates(choice, port, &survey->found[i], &out);
    return out;
}

/* As far as is known it could be this port's. */
static bool may_have(const struct usb_choice *choice, const struct usb_port *port,
                     const struct usb_found *found, const struct usb_fit *fit) {
    const struct usb_seen *seen =
        usb_seen_find(&choice->memory, port->leader, found->device, fit->interface);
    return !usb_seen_is_out(seen) && fits_interface(port, found, fit->interface) &&
           !is_named_for_another(choice, port, found, fit);
}

bool usb_candidate_is_undecided(const struct usb_choice *choice, const struct usb_port *port,
                                const struct usb_candidate *one) {
    for (int i = 0; i < choice->port_count; i++) {
        const struct usb_port *other = &choice->ports[i];
        if (!other->driver->proves || usb_port_settled(other) || other->leader == port->leader)
            continue;
        if (one->holder == other || may_have(choice, other, one->found, &one->fit))
            return true;
    }
    return false;
}

bool usb_is_wanted(const struct usb_choice *choice, const struct usb_port *port,
                   const struct usb_survey *survey) {
    const struct usb_found *found = usb_survey_find(survey, port->device);
    for (int i = 0; found && i < choice->port_count; i++) {
        const struct usb_port *other = &choice->ports[i];
        if (other->leader != port->leader && !usb_port_settled(other) &&
            may_have(choice, other, found, &port->fit))
            return true;
    }
    return false;
}
