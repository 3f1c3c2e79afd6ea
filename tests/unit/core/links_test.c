/* The core decides and does nothing else: its objects need no library but memory and strings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Beside the names of the core itself. */
static const char allowed[] = "memcpy|memmove|memset|memcmp|strlen|strcmp|strncmp|strchr|memchr|"
                              "_GLOBAL_OFFSET_TABLE_";

static const char foreign_names[] =
    "objs=$(find \"${B:-build}\"/lib/app/core* -name '*.a') && test -n \"$objs\" && "
    "nm -gu $objs | awk '$1 == \"U\" { print $2 }' | sort -u > \"${B:-build}/core.needs\" && "
    "nm -g --defined-only $objs | awk 'NF == 3 { print $3 }' | sort -u > \"${B:-build}/core.has\" "
    "&& "
    "comm -23 \"${B:-build}/core.needs\" \"${B:-build}/core.has\" | "
    "grep -vE '^(__asan_.*|__ubsan_.*|__tsan_.*|__stack_chk_fail|%s)$'";

static void the_core_needs_nothing_but_memory(void **state) {
    (void)state;
    char command[1024], name[256] = "";
    snprintf(command, sizeof command, foreign_names, allowed);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    if (fgets(name, sizeof name, pipe))
        name[strcspn(name, "\n")] = '\0';
    assert_int_not_equal(pclose(pipe), -1);
    assert_string_equal(name, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_core_needs_nothing_but_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
