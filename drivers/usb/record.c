/* A recording: one line a transfer, in the order they ended. Plain text, so that a person can read
 * it and take out what should not leave the bench. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "drivers/usb/port.h"

#define DESCRIPTOR_MAX 1024

void usb_record(struct usb_port *port, const char *what, const uint8_t *bytes, size_t length) {
    if (!port->record)
        return;
    fprintf(port->record, "%s ", what);
    for (size_t i = 0; i < length; i++)
        fprintf(port->record, "%02x", bytes[i]);
    fputc('\n', port->record);
    fflush(port->record);
}

static void record_descriptor(struct usb_port *port, uint8_t type) {
    uint8_t bytes[DESCRIPTOR_MAX];
    int length = libusb_get_descriptor(port->handle, type, 0, bytes, sizeof bytes);
    if (length > 0)
        usb_record(port, "descriptor", bytes, (size_t)length);
}

void usb_record_begin(struct usb_port *port) {
    if (!port->binding->record_path)
        return;
    int fd = open(port->binding->record_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    port->record = fd < 0 ? NULL : fdopen(fd, "w");
    if (!port->record && fd >= 0)
        close(fd);
    record_descriptor(port, LIBUSB_DT_DEVICE);
    record_descriptor(port, LIBUSB_DT_CONFIG);
}

void usb_record_end(struct usb_port *port) {
    if (port->record)
        fclose(port->record);
    port->record = NULL;
}
