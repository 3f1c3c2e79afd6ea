#include "tests/support/recon_files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

void recon_run_init(struct recon_run *run) {
    memset(run, 0, sizeof *run);
    recon_ledger_init(&run->ledger);
}

bool recon_run_read(struct recon_run *run, const char *format, const char *text, size_t length) {
    char *path = run->paths[run->ledger.file_count];
    snprintf(path, sizeof run->paths[0], "/tmp/recon-test-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal((size_t)write(fd, text, length), length);
    close(fd);
    bool good = recon_ledger_read(&run->ledger, format, path);
    unlink(path);
    return good;
}

void recon_run_add(struct recon_run *run, const char *format, const char *text) {
    if (!recon_run_read(run, format, text, strlen(text)))
        fail_msg("%s", run->ledger.complaint.text);
}

void recon_run_take(struct recon_run *run, const char *format, const char *text, bool verified) {
    FILE *answers = tmpfile();
    assert_non_null(answers);
    fputs(text, answers);
    if (!recon_ledger_take(&run->ledger, format, "an answer", answers, verified))
        fail_msg("%s", run->ledger.complaint.text);
    fclose(answers);
}

void recon_run_judge(struct recon_run *run) {
    static const struct recon_rules rules = {RECON_WINDOW_S, RECON_LATE_S};
    assert_true(recon_match(&run->ledger));
    recon_judge(&run->ledger, &rules, &run->result);
    assert_true(recon_sums_hold(&run->ledger, &run->result));
    recon_totals_take(&run->ledger, &run->result, &run->totals);
}

int64_t recon_run_count(const struct recon_run *run, enum recon_class class) {
    return run->result.classes[class].deals;
}

enum recon_class recon_run_only(const struct recon_run *run) {
    enum recon_class found = RECON_CLASS_COUNT;
    for (int class = RECON_AGREE + 1; class < RECON_CLASS_COUNT; class ++)
        if (run->result.classes[class].deals > 0) {
            if (found != RECON_CLASS_COUNT)
                fail_msg("classes %d and %d differ", (int)found, class);
            found = (enum recon_class) class;
        }
    return found;
}

void recon_run_free(struct recon_run *run) {
    recon_totals_free(&run->totals);
    recon_result_free(&run->result);
    recon_ledger_free(&run->ledger);
}
