/* Text that may not be there. */
#ifndef HOPKIOSK_TESTS_MAY_BE_NONE_H
#define HOPKIOSK_TESTS_MAY_BE_NONE_H

#include <stdlib.h>

#include <cmocka.h>

/* `expected` NULL: there is none. Frees the text. */
static inline void expect_text_or_none(char *text, const char *expected) {
    if (expected == NULL)
        assert_null(text);
    else
        assert_string_equal(text, expected);
    free(text);
}

#endif
