/* The descriptors of a serial device over USB: control interface 0, data interface 1, bulk 81 and
 * 01. */
#ifndef USBBENCH_CDC_DESCRIPTORS_H
#define USBBENCH_CDC_DESCRIPTORS_H

#define CDC_DESCRIPTORS(vid_low, vid_high, pid_low, pid_high)                                      \
    /* device */                                                                                   \
    18, 1, 0x00, 0x02, 2, 0, 0, 64, vid_low, vid_high, pid_low, pid_high, 0x00, 0x01, 0, 0, 0,     \
        1,                               /* configuration */                                       \
        9, 2, 67, 0, 2, 1, 0, 0x80, 250, /* control interface with its four functions */           \
        9, 4, 0, 0, 1, 2, 2, 1, 0, 5, 0x24, 0, 0x10, 0x01, 5, 0x24, 1, 0, 1, 4, 0x24, 2, 2, 5,     \
        0x24, 6, 0, 1, 7, 5, 0x83, 3, 8, 0, 255, /* notifications */                               \
        9, 4, 1, 0, 2, 0x0a, 0, 0, 0,            /* data interface */                              \
        7, 5, 0x01, 2, 64, 0, 0, 7, 5, 0x81, 2, 64, 0, 0

#endif
