#include "drivers/usb/survey.h"

#include <stdlib.h>
#include <string.h>

/* By place, "1-9" before "1-10": the same devices are always in the same order. */
static int compare_places(const void *left, const void *right) {
    const char *one = ((const struct usb_found *)left)->place;
    const char *other = ((const struct usb_found *)right)->place;
    int shorter = (int)strlen(one) - (int)strlen(other);
    return shorter ? shorter : strcmp(one, other);
}

bool usb_survey_begin(struct usb_survey *survey, libusb_context *context) {
    *survey = (struct usb_survey){0};
    ssize_t count = libusb_get_device_list(context, &survey->devices);
    if (count < 0)
        return false;
    survey->found = calloc((size_t)count + 1, sizeof *survey->found);
    for (ssize_t i = 0; survey->found && i < count; i++) {
        struct usb_found *found = &survey->found[survey->count];
        found->device = survey->devices[i];
        if (libusb_get_device_descriptor(found->device, &found->descriptor) != 0)
            continue;
        if (libusb_get_active_config_descriptor(found->device, &found->config) != 0)
            found->config = NULL;
        usb_place(found->device, found->place);
        survey->count++;
    }
    if (survey->found)
        qsort(survey->found, (size_t)survey->count, sizeof *survey->found, compare_places);
    return survey->found != NULL;
}

void usb_survey_end(struct usb_survey *survey) {
    for (int i = 0; i < survey->count; i++)
        if (survey->found[i].config)
            libusb_free_config_descriptor(survey->found[i].config);
    free(survey->found);
    if (survey->devices)
        libusb_free_device_list(survey->devices, 1);
    *survey = (struct usb_survey){0};
}

const struct usb_found *usb_survey_find(const struct usb_survey *survey,
                                        const libusb_device *device) {
    for (int i = 0; i < survey->count; i++)
        if (survey->found[i].device == device)
            return &survey->found[i];
    return NULL;
}

int usb_survey_match(const struct usb_found *found, const struct usb_driver *driver,
                     const struct driver_binding *binding, struct usb_fit fits[USB_FITS_MAX]) {
    bool elsewhere = binding->port && *binding->port && strcmp(binding->port, found->place) != 0;
    return found->config && !elsewhere
               ? usb_match(driver, binding, &found->descriptor, found->config, fits)
               : 0;
}
