/* links: app/core/terms/ */
/* Whose record it is, and to whom its money goes back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/core/terms/patient_keys.h"

static void shown_by_any_of_them_and_given_back_by_who_is_sure(void **state) {
    static const struct {
        struct patient_keys kept, shown;
        bool meet, agree;
    } rows[] = {
        {{"i", "h", "c"}, {"i", "h", "c"}, true, true},
        {{"i", "", ""}, {"i", "x", "y"}, true, true},
        {{"i", "h", "c"}, {"", "h", ""}, true, true},
        {{"", "h", ""}, {"i", "h", "c"}, true, true},
        {{"i", "h", "c"}, {"", "x", "c"}, true, true}, /* the very card */
        {{"", "", "c"}, {"i", "h", "c"}, true, true},
        {{"i", "h", "c"}, {"j", "h", "c"}, true, false}, /* given out again */
        {{"i", "h", "c"}, {"j", "x", "y"}, false, false},
        {{"i", "h", "c"}, {"", "", ""}, false, false},
        {{"", "", ""}, {"", "", ""}, false, false},
        {{"", "h", ""}, {"h", "", ""}, false, false},
        {{"h", "", ""}, {"i", "h", ""}, true, false}, /* of an older version */
        {{"h", "", ""}, {"", "h", ""}, true, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool meet = patient_keys_meet(&rows[i].kept, &rows[i].shown);
        bool agree = patient_keys_agree(&rows[i].kept, &rows[i].shown);
        if (meet != rows[i].meet || agree != rows[i].agree)
            fail_msg("row %d: %d %d", (int)i, meet, agree);
    }
}

static void one_is_enough_to_be_known(void **state) {
    (void)state;
    assert_false(patient_keys_known(&(struct patient_keys){.id = ""}));
    assert_true(patient_keys_known(&(struct patient_keys){.id = "i"}));
    assert_true(patient_keys_known(&(struct patient_keys){.cust = "h"}));
    assert_true(patient_keys_known(&(struct patient_keys){.card = "c"}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shown_by_any_of_them_and_given_back_by_who_is_sure),
        cmocka_unit_test(one_is_enough_to_be_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
