/* Any bytes as any source's file: rows or a complaint; what was read can be judged, adds up, and
 * can be shown again. The first byte says whose file it is. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/recon/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const formats[] = {"rows", "journal", "upp", "channel",
                                      "his",  "tongji",  "amp", "mmpc"};

static void need(bool held) {
    if (!held)
        abort();
}

static void show_everything(struct recon_ledger *ledger) {
    static const struct recon_rules rules = {RECON_WINDOW_S, RECON_LATE_S};
    struct recon_result result;
    struct recon_totals totals;
    FILE *out = fopen("/dev/null", "w");
    need(out != NULL);
    if (recon_match(ledger)) {
        recon_judge(ledger, &rules, &result);
        need(recon_sums_hold(ledger, &result));
        recon_totals_take(ledger, &result, &totals);
        struct recon_report report = {ledger, &result, &totals, NULL, NULL, LANGUAGE_ZH};
        need(recon_print_json(out, &report) && recon_print_csv(out, &report) &&
             recon_print_text(out, &report) && recon_print_html(out, &report));
        recon_totals_free(&totals);
        recon_result_free(&result);
    }
    fclose(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct recon_ledger ledger;
    char path[64];
    if (size < 1)
        return 0;
    int fd = memfd_create("recon", MFD_CLOEXEC);
    need(fd >= 0 && write(fd, data + 1, size - 1) == (ssize_t)(size - 1));
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    recon_ledger_init(&ledger);
    if (recon_ledger_read(&ledger, formats[data[0] % (sizeof formats / sizeof *formats)], path) &&
        ledger.source_count > 0)
        show_everything(&ledger);
    recon_ledger_free(&ledger);
    close(fd);
    return 0;
}
