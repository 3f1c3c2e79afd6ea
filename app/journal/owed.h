/* What failed writes had to say: the next write of the same order says it before its own, in the
 * order in which it happened and each with its own evidence. In memory: what a crash takes with it
 * was not durable, nor was what followed from it. */
#ifndef HOPKIOSK_JOURNAL_OWED_H
#define HOPKIOSK_JOURNAL_OWED_H

#include "app/journal/journal.h"

/* Of one failed write. */
struct owed {
    struct owed *next;
    char order_no[ORDER_NO_SIZE];
    bool told; /* by the commit that is under way */
    int64_t wall_ms;
    char *evidence;
    size_t evidence_length;
    int note_count;
    struct part_note notes[NOTES_MAX];
};

/* More than this of a disk that fails for long is not kept: notes of one order, bytes of evidence
 * in all. Of longer evidence the note stays. */
#define OWED_NOTES_MAX 2048
#define OWED_EVIDENCE_MAX 33554432

void owed_keep(struct owed **list, const struct journal_write *write);
/* The first of the order from `at` on that this commit has not told yet; NULL none. */
struct owed *owed_untold(struct owed *at, const char *order_no);
/* What was told is owed no more where the commit stands, else again. */
void owed_end(struct owed **list, bool stands);
void owed_forget(struct owed **list);

#endif
