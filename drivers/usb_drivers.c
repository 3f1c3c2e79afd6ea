#include "drivers/usb_driver.h"

const struct usb_driver *const usb_drivers[] = {&scanner_hid, &printer_usb, NULL};
