/* How well one colour stands out from another: the contrast ratio of WCAG 2.2, 1 to 21. */
#ifndef HOPKIOSK_TESTS_CONTRAST_H
#define HOPKIOSK_TESTS_CONTRAST_H

#include <math.h>

#include "ui/canvas.h"

static inline double linear_light(int byte) {
    double c = byte / 255.0;
    return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static inline double luminance(rgb c) {
    return 0.2126 * linear_light(c >> 16 & 255) + 0.7152 * linear_light(c >> 8 & 255) +
           0.0722 * linear_light(c & 255);
}

static inline double contrast(rgb a, rgb b) {
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}

#endif
