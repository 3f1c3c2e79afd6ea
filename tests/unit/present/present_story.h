/* What a patient in a story is shown. */
#ifndef HOPKIOSK_TESTS_PRESENT_STORY_H
#define HOPKIOSK_TESTS_PRESENT_STORY_H

#include "app/present/parts.h"
#include "app/present/present.h"
#include "tests/support/patient.h"

static struct present_site site;
static struct present_store store;
static struct view view;

static inline const struct view *look(const struct patient *p) {
    present_view(&p->core, &site, p->now, &store, &view);
    return &view;
}

static inline int set_up_site(void **state) {
    (void)state;
    site.hospital_name = "仁和医院";
    site.terminal_no = "0001";
    site.channels[0] = CHANNEL_PHONE;
    site.channels[1] = CHANNEL_WECHAT;
    site.channel_count = 2;
    return 0;
}

#endif
