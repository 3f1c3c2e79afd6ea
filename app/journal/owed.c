#include "app/journal/owed.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"

struct owed *owed_untold(struct owed *at, const char *order_no) {
    while (at != NULL && (at->told || strcmp(at->order_no, order_no) != 0))
        at = at->next;
    return at;
}

static int notes_owed(const struct owed *list, const char *order_no) {
    int count = 0;
    for (; list != NULL; list = list->next)
        if (strcmp(list->order_no, order_no) == 0)
            count += list->note_count;
    return count;
}

static size_t evidence_owed(const struct owed *list) {
    size_t bytes = 0;
    for (; list != NULL; list = list->next)
        bytes += list->evidence_length;
    return bytes;
}

static bool is_worth_keeping(const struct owed *list, const struct journal_write *write) {
    /* Nothing has left of an order that could not be opened: it is none. */
    if (write->note_count == 0 || write->notes[0].note == NOTE_OPENED)
        return false;
    if (notes_owed(list, write->order->no) + write->note_count <= OWED_NOTES_MAX)
        return true;
    log_write(LOG_ERROR, "journal", "%s: so many writes failed that one is not told of",
              write->order->no);
    return false;
}

void owed_keep(struct owed **list, const struct journal_write *write) {
    if (!is_worth_keeping(*list, write))
        return;
    ENSURE(write->note_count <= NOTES_MAX);
    struct owed *owed = calloc(1, sizeof *owed);
    const char *evidence = write->evidence != NULL ? write->evidence : "";
    if (evidence_owed(*list) + strlen(evidence) > OWED_EVIDENCE_MAX)
        evidence = "";
    ENSURE(owed != NULL);
    owed->evidence = strdup(evidence);
    ENSURE(owed->evidence != NULL);
    owed->evidence_length = strlen(evidence);
    memcpy(owed->order_no, write->order->no, sizeof owed->order_no);
    owed->wall_ms = write->wall_ms;
    owed->note_count = write->note_count;
    memcpy(owed->notes, write->notes, (size_t)write->note_count * sizeof *owed->notes);
    while (*list != NULL)
        list = &(*list)->next;
    *list = owed;
}

static void forget_first(struct owed **list) {
    struct owed *owed = *list;
    *list = owed->next;
    free(owed->evidence);
    free(owed);
}

void owed_end(struct owed **list, bool stands) {
    while (*list != NULL) {
        if (stands && (*list)->told) {
            forget_first(list);
            continue;
        }
        (*list)->told = false;
        list = &(*list)->next;
    }
}

void owed_forget(struct owed **list) {
    while (*list != NULL)
        forget_first(list);
}
