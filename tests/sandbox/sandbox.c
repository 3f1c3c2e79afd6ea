#include "tests/sandbox/sandbox.h"

#include <inttypes.h>
#include <stdio.h>

#include "tests/sandbox/hospital.h"
#include "tests/sandbox/value.h"

static const struct settings first_settings = {
    .late_return_ms = 3000,
    .late_pay_ms = 1000,
    .unsettled = "fail",
    .names_claim = true,
    .refund_state = REFUND_DONE,
    .split_before = true,
    .setl_type = "ALL",
    .portal_refund = "SUCCESS",
};

void sandbox_init(struct sandbox *sandbox, const struct options *options) {
    pthread_condattr_t monotonic;
    *sandbox = (struct sandbox){.options = *options, .settings = first_settings};
    if (options->onepay_appid == NULL)
        sandbox->options.onepay_appid = "0123456789ABCDEF0123456789ABCDEF";
    if (options->onepay_secret == NULL)
        sandbox->options.onepay_secret = "FEDCBA9876543210FEDCBA9876543210";
    if (options->mmpc_appid == NULL)
        sandbox->options.mmpc_appid = "43AF047BBA47FC8A1AE8EFB232BDBBCB";
    if (options->mmpc_secret == NULL)
        sandbox->options.mmpc_secret = "4117E877F5FA0A0188891283E4B617D5";
    if (options->amp_appid == NULL)
        sandbox->options.amp_appid = "St82fYdfk6ph4YiFpMwa4yw8TYr8wCmM";
    if (options->amp_key == NULL)
        sandbox->options.amp_key = "St72fYdfk6ph4YiFpMwa4yw8TYr8wCmM";
    pthread_mutex_init(&sandbox->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&sandbox->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    books_init(&sandbox->books);
    if (options->state_path == NULL || !books_load(&sandbox->books, options->state_path))
        hospital_seed(sandbox);
}

void sandbox_destroy(struct sandbox *sandbox) {
    faults_clear(&sandbox->faults);
    books_clear(&sandbox->books);
    pthread_cond_destroy(&sandbox->changed);
    pthread_mutex_destroy(&sandbox->lock);
    day_free(&sandbox->day);
}

void sandbox_reset(struct sandbox *sandbox) {
    faults_clear(&sandbox->faults);
    books_clear(&sandbox->books);
    day_free(&sandbox->day);
    sandbox->settings = first_settings;
    sandbox->clock_offset_ms = 0;
    hospital_seed(sandbox);
}

int64_t sandbox_now_ms(const struct sandbox *sandbox) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 + sandbox->clock_offset_ms;
}

void sandbox_number(struct sandbox *sandbox, const char *prefix, char out[NO_SIZE]) {
    char day[MOMENT_SIZE];
    day_write(sandbox_now_ms(sandbox), day);
    snprintf(out, NO_SIZE, "%s%.4s%.2s%.2s%010" PRId64, prefix, day, day + 5, day + 8,
             ++sandbox->books.serial);
}

struct timespec sandbox_deadline(int64_t ms) {
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += ms / 1000;
    end.tv_nsec += ms % 1000 * 1000000;
    if (end.tv_nsec >= 1000000000) {
        end.tv_nsec -= 1000000000;
        end.tv_sec++;
    }
    return end;
}

void sandbox_save(const struct sandbox *sandbox) {
    if (sandbox->options.state_path != NULL)
        books_save(&sandbox->books, sandbox->options.state_path);
}
