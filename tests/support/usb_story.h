/* What the device tests share: a running pump among virtual devices, and waiting for what it says.
 */
#ifndef TESTS_USB_STORY_H
#define TESTS_USB_STORY_H

#include "drivers/driver.h"
#include "drivers/print_doc.h"
#include "tests/usbbench/client.h"

#define STORY_MS 15000 /* longer than anything here may take, on a busy machine too */

extern const struct driver_limits story_limits;

/* STORY_SLOW=N: where all takes N times as long, as in an emulated machine; else 1. The limits
 * above and every waiting here are multiplied by it. */
int story_slowness(void);
struct usb *story_begin(const struct driver_binding *bindings, int count);
void story_end(struct usb *usb);
/* Each waits at most STORY_MS. */
bool story_device(enum device_role role, enum device_word device);
bool story_supply(enum device_role role, enum supply_word supply);
bool story_media(enum device_role role, enum media_word media);
bool story_detail(enum device_role role, const char *detail);
/* The same for what may already be over: it was so since one of these was last waited for. */
bool story_was_device(enum device_role role, enum device_word device);
bool story_was_media(enum device_role role, enum media_word media);
bool story_was_detail(enum device_role role, const char *detail);
/* The next scan, NULL: none. */
const struct driver_event *story_scan(void);
/* How the job ended; -1: it did not. */
int story_printed(uint32_t job);
/* When that was; 0: it did not. */
int64_t story_printed_ms(uint32_t job);
/* Completions of this job so far. */
int story_completions(uint32_t job);
int story_scans(void);
/* The next key of a keypad, 0: none. */
char story_key(void);
int story_keys(void);
/* The next card that was read, NULL: none. */
const struct driver_card *story_card(void);
int story_cards(void);
/* How this request to the pinpad ended, NULL: it did not. */
const struct driver_event *story_pos(uint32_t id);
int story_pos_completions(uint32_t id);
/* Waits for this progress. */
bool story_progress(uint32_t id, int state);
int64_t story_now_ms(void);
/* Lets nothing happen: for what must not come. */
void story_pause(int ms);
/* Sends a receipt of so many lines as job `job`. */
void story_print(struct usb *usb, uint32_t job, int lines);

#endif
