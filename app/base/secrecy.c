#include "app/base/secrecy.h"

#include <cjson/cJSON.h>
#include <curl/curl.h>
#include <errno.h>
#include <malloc.h>
#include <openssl/crypto.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "app/base/log.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

#define LARGE_BLOCK (64 * 1024)
#define PAGES_AT_ONCE 512

static bool all_is_kept; /* in memory, by the system */

/* --- memory that goes back -------------------------------------------------------------------- */

/* The kiosk is linked so that its own free() and realloc() come here (the linker's --wrap); what a
 * program without that calls is the C library's. */
extern void __real_free(void *memory) __attribute__((weak));
void __wrap_free(void *memory);
void *__wrap_realloc(void *memory, size_t size);

static void free_really(void *memory) {
    if (__real_free != NULL)
        __real_free(memory);
    else
        free(memory);
}

/* Of the pages from `page` on, those that are memory, as far as they are of the block; the next
 * page to look at. What cannot be told is taken for memory. */
static uintptr_t wipe_pages(uintptr_t page, uintptr_t block, uintptr_t end) {
    const uintptr_t size = (uintptr_t)sysconf(_SC_PAGESIZE);
    unsigned char in_memory[PAGES_AT_ONCE];
    size_t count = (end - page + size - 1) / size;
    if (count > PAGES_AT_ONCE)
        count = PAGES_AT_ONCE;
    if (mincore((void *)page, count * size, in_memory) != 0)
        memset(in_memory, 1, sizeof in_memory);
    for (size_t i = 0; i < count; i++, page += size) {
        uintptr_t from = page > block ? page : block, to = end - page > size ? page + size : end;
        if (in_memory[i] & 1)
            explicit_bzero((void *)from, to - from);
    }
    return page;
}

/* What was swapped is no memory either, and has to be overwritten all the same. */
static bool may_be_swapped(void) {
    struct sysinfo system;
    return !all_is_kept && (sysinfo(&system) != 0 || system.totalswap > 0);
}

void secrecy_wipe(void *memory, size_t size) {
    if (size < LARGE_BLOCK || may_be_swapped()) {
        explicit_bzero(memory, size);
        return;
    }
    uintptr_t block = (uintptr_t)memory, end = block + size;
    uintptr_t page = block - block % (uintptr_t)sysconf(_SC_PAGESIZE);
    while (page < end)
        page = wipe_pages(page, block, end);
}

void secrecy_free(void *memory) {
    if (memory != NULL)
        secrecy_wipe(memory, malloc_usable_size(memory));
    free_really(memory);
}

void __wrap_free(void *memory) {
    secrecy_free(memory);
}

/* A block that moves is wiped where it was, which realloc does not do. */
static void *wiping_realloc(void *memory, size_t size) {
    size_t had = memory != NULL ? malloc_usable_size(memory) : 0;
    if (had >= size && size > 0)
        return memory;
    void *moved = malloc(size);
    if (moved == NULL || memory == NULL)
        return moved;
    memcpy(moved, memory, had < size ? had : size);
    secrecy_free(memory);
    return moved;
}

void *__wrap_realloc(void *memory, size_t size) {
    return wiping_realloc(memory, size);
}

/* --- what libraries are given ----------------------------------------------------------------- */

static void *crypto_malloc(size_t size, const char *file, int line) {
    (void)file, (void)line;
    return malloc(size);
}

static void *crypto_realloc(void *memory, size_t size, const char *file, int line) {
    (void)file, (void)line;
    return wiping_realloc(memory, size);
}

static void crypto_free(void *memory, const char *file, int line) {
    (void)file, (void)line;
    secrecy_free(memory);
}

static void *sqlite_malloc(int size) {
    return malloc((size_t)size);
}

static void *sqlite_realloc(void *memory, int size) {
    return wiping_realloc(memory, (size_t)size);
}

static int sqlite_size(void *memory) {
    return (int)malloc_usable_size(memory);
}

static int sqlite_roundup(int size) {
    return (size + 7) & ~7;
}

static int sqlite_init(void *context) {
    (void)context;
    return SQLITE_OK;
}

static void sqlite_shutdown(void *context) {
    (void)context;
}

static void install_allocators(void) {
    static const struct sqlite3_mem_methods sqlite = {
        sqlite_malloc,  secrecy_free, sqlite_realloc,  sqlite_size,
        sqlite_roundup, sqlite_init,  sqlite_shutdown, NULL};
    static cJSON_Hooks json = {malloc, secrecy_free};
    cJSON_InitHooks(&json);
    ENSURE(CRYPTO_set_mem_functions(crypto_malloc, crypto_realloc, crypto_free) == 1);
    ENSURE(sqlite3_config(SQLITE_CONFIG_MALLOC, &sqlite) == SQLITE_OK);
    ENSURE(curl_global_init_mem(CURL_GLOBAL_DEFAULT, malloc, secrecy_free, wiping_realloc, strdup,
                                calloc) == CURLE_OK);
}

/* --- what the system is told ------------------------------------------------------------------ */

void secrecy_begin(void) {
    const struct rlimit none = {0, 0};
    umask(077); /* whatever is written is its owner's only */
    setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__ /* its search for leaks looks at the program from outside */
    prctl(PR_SET_DUMPABLE, 0);
#endif
    install_allocators();
}

static bool may_keep_all(void) {
    struct rlimit limit;
    return getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY;
}

/* Locked as it is touched: most slots of the book are never used, and are no memory until then. */
void secrecy_keep_in_memory(const void *memory, size_t size) {
    all_is_kept = may_keep_all() && mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0;
    if (all_is_kept)
        return;
    if (mlock2(memory, size, MLOCK_ONFAULT) != 0)
        log_write(LOG_WARNING, "memory", "%zu bytes may be swapped (RLIMIT_MEMLOCK): %s", size,
                  strerror(errno));
}
