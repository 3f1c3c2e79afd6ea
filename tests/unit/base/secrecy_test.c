/* links: app/base/ */
/* What the memory of the program tells: nobody else reads it, nothing of it is left when it goes,
 * what counts is not swapped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <cjson/cJSON.h>
#include <openssl/crypto.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "app/base/secrecy.h"

#define SECRET "11010519491231002X"
#define BLOCK 4096

/* Where the wiping free() hands memory back: what is in it then. */
static char handed_back[BLOCK];
static size_t handed_back_size;
static bool secret_seen;

void __real_free(void *memory);
void __real_free(void *memory) {
    if (memory != NULL && handed_back_size > 0) {
        memcpy(handed_back, memory, handed_back_size);
        for (size_t i = 0; i + sizeof SECRET - 1 <= handed_back_size; i++)
            secret_seen = secret_seen || memcmp(handed_back + i, SECRET, sizeof SECRET - 1) == 0;
    }
    free(memory);
}

/* From now on the first `size` bytes of what is freed are looked at. */
static void watch(size_t size) {
    handed_back_size = size;
    secret_seen = false;
}

static void nobody_reads_it(void **state) {
    struct rlimit core;

    (void)state;
#ifndef __SANITIZE_ADDRESS__ /* there the search for leaks must read it */
    assert_int_equal(prctl(PR_GET_DUMPABLE), 0);
#endif
    assert_int_equal(getrlimit(RLIMIT_CORE, &core), 0);
    assert_int_equal(core.rlim_cur, 0);
    assert_int_equal(core.rlim_max, 0);
    assert_int_equal(umask(077), 077);
}

static void what_is_freed_is_wiped(void **state) {
    char *text = malloc(BLOCK);

    (void)state;
    memset(text, 'x', BLOCK);
    memcpy(text + 100, SECRET, sizeof SECRET);
    watch(BLOCK);
    secrecy_free(text);
    watch(0);
    assert_false(secret_seen);
    for (size_t i = 0; i < BLOCK; i++)
        assert_int_equal(handed_back[i], 0);
}

static void libraries_wipe_what_they_free(void **state) {
    (void)state;
    cJSON *json = cJSON_CreateString(SECRET);
    assert_non_null(json);
    watch(sizeof SECRET - 1);
    cJSON_Delete(json);
    char *secret = OPENSSL_malloc(64);
    assert_non_null(secret);
    memcpy(secret, SECRET, sizeof SECRET);
    OPENSSL_free(secret);
    assert_false(secret_seen);
    secret = OPENSSL_malloc(64);
    memcpy(secret, SECRET, sizeof SECRET);
    char *longer = OPENSSL_realloc(secret, BLOCK); /* it moves */
    assert_non_null(longer);
    assert_string_equal(longer, SECRET);
    assert_false(secret_seen);
    OPENSSL_free(longer);
    watch(0);
    assert_false(secret_seen);
}

/* Kilobytes of this process that cannot be swapped. */
static long locked_kb(void) {
    char line[128];
    long kb = -1;
    FILE *file = fopen("/proc/self/status", "re");
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        sscanf(line, "VmLck: %ld", &kb);
    fclose(file);
    return kb;
}

/* Of these bytes, how many are memory already? */
static size_t touched_pages(const char *from, size_t size) {
    static unsigned char in_memory[2048];
    size_t count = 0, pages = size / (size_t)sysconf(_SC_PAGESIZE);

    assert_true(pages <= sizeof in_memory);
    assert_int_equal(mincore((void *)(uintptr_t)from, size, in_memory), 0);
    for (size_t i = 0; i < pages; i++)
        count += in_memory[i] & 1;
    return count;
}

/* What was written in a large block is gone, at both of its ends and inside; what was not has
 * become no memory by that. */
static void of_a_large_block_what_was_written_is_wiped(void **state) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE), size = 1100 * page;
    char *room = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *block = room + 100, *last = room + size - 100 - sizeof SECRET;
    struct sysinfo system;

    (void)state;
    assert_true(room != MAP_FAILED);
    room[99] = room[size - 100] = 'x';
    memcpy(block, SECRET, sizeof SECRET);
    memcpy(room + 512 * page - 7, SECRET, sizeof SECRET); /* over a border */
    memcpy(last, SECRET, sizeof SECRET);
    assert_int_equal(touched_pages(room, size), 4);
    secrecy_wipe(block, size - 200);
    if (sysinfo(&system) == 0 && system.totalswap == 0)
        assert_int_equal(touched_pages(room, size), 4);
    for (size_t i = 100; i < size - 100; i++)
        assert_int_equal(room[i], 0);
    assert_int_equal(room[99], 'x');
    assert_int_equal(room[size - 100], 'x');
    munmap(room, size);
}

/* The book has room for many more orders than a usual day needs. */
static void what_nobody_used_is_no_memory(void **state) {
    size_t size = 16 * (size_t)sysconf(_SC_PAGESIZE);
    char *room = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    (void)state;
    assert_true(room != MAP_FAILED);
    secrecy_keep_in_memory(room, size);
    room[0] = 1;
    assert_int_equal(touched_pages(room, size), 1);
    munmap(room, size);
}

static void what_counts_is_not_swapped(void **state) {
    struct rlimit limit;
    static char secrets[16 * BLOCK];

    (void)state;
    assert_int_equal(getrlimit(RLIMIT_MEMLOCK, &limit), 0);
    if (limit.rlim_cur < sizeof secrets + BLOCK)
        skip();
    long before = locked_kb();
    secrecy_keep_in_memory(secrets, sizeof secrets);
    assert_true(locked_kb() >= before + (long)sizeof secrets / 1024);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_reads_it),
        cmocka_unit_test(what_is_freed_is_wiped),
        cmocka_unit_test(libraries_wipe_what_they_free),
        cmocka_unit_test(what_counts_is_not_swapped),
        cmocka_unit_test(what_nobody_used_is_no_memory),
        cmocka_unit_test(of_a_large_block_what_was_written_is_wiped),
    };
    secrecy_begin();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
