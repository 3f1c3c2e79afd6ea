#include "drivers/usb/driver.h"

const struct usb_driver *const usb_drivers[] = {
    &scanner_hid, &scanner_pos,      &scanner_cdc,   &printer_usb,
    &pinpad_cdc,  &card_reader_ccid, &id_reader_sdt, NULL,
};
