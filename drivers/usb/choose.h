/* Which device a port gets: the right one, or none. */
#ifndef HOPKIOSK_DRIVERS_USB_CHOOSE_H
#define HOPKIOSK_DRIVERS_USB_CHOOSE_H

#include "drivers/usb/candidates.h"

/* Names the leader of each port. */
void usb_choice_init(struct usb_choice *choice, struct usb_port *ports, int count);
/* Opens what is there for a port that has nothing, or says why it waits. */
void usb_choose(struct usb_choice *choice, struct usb_port *port, const struct usb_survey *survey);
/* Ports that have their devices take no other that looks like them, not even when they lose one:
 * who comes later waits until it is plugged in again. */
void usb_choice_refuse_rivals(struct usb_choice *choice, const struct usb_survey *survey);
/* The port has found this out about its device. */
void usb_choice_judged(struct usb_choice *choice, const struct usb_port *port,
                       enum usb_verdict verdict, int rank, const char *reason);
bool usb_choice_contested(const struct usb_choice *choice, const struct usb_port *port,
                          const struct usb_survey *survey);
/* A device is unplugged. */
void usb_choice_forget(struct usb_choice *choice, const libusb_device *device);
/* All devices that the survey does not find are. */
void usb_choice_forget_gone(struct usb_choice *choice, const struct usb_survey *survey);

#endif
