/* What the files of this room share. */
#ifndef HOPKIOSK_JOURNAL_PARTS_H
#define HOPKIOSK_JOURNAL_PARTS_H

#include <openssl/evp.h>

#include "app/journal/journal.h"
#include "app/journal/owed.h"
#include "app/journal/rows.h"

#define HASH_SIZE JOURNAL_HASH_SIZE

enum statement {
    STATEMENT_BEGIN = 0,
    STATEMENT_COMMIT,
    STATEMENT_HEAD,
    STATEMENT_SET_HEAD,
    STATEMENT_IDENTITY,
    STATEMENT_SET_IDENTITY,
    STATEMENT_EVENT,
    STATEMENT_FORGET,
    STATEMENT_CALLER_WORDS,
    STATEMENT_SET_CALLER_WORDS,
    STATEMENT_FORGET_CALLER_WORDS,
    STATEMENT_COUNT_CASES,
    STATEMENT_COUNT_PRINTS,
    STATEMENT_CASES,
    STATEMENT_DECISION,
    STATEMENT_TWICE,
    STATEMENT_OPEN_ORDERS,
    STATEMENT_OF_PATIENT,
    STATEMENT_NEWEST,
    STATEMENT_OF_SHIFT,
    STATEMENT_WRITTEN_SINCE,
    STATEMENT_ALL_TAKEN_ELSEWHERE,
    STATEMENT_EVENTS_OF,
    STATEMENT_PAID_WITHIN,
    STATEMENT_HELD_OF,
    STATEMENT_FREED_OF,
    STATEMENT_GIVEN_UP_OF,
    STATEMENT_HOLDER,
    STATEMENT_OF_CALLER,
    STATEMENT_OF_REFUND,
    STATEMENT_OF_TRACE,
    STATEMENT_OF_REFUND_TRACE,
    STATEMENT_RECEIPT,
    STATEMENT_PAGE_SIZE,
    STATEMENT_STAFF_LOCK,
    STATEMENT_SET_STAFF_LOCK,
    STATEMENT_SHIFT,
    STATEMENT_BEGIN_SHIFT,
    STATEMENT_MOVE_SHIFT,
    STATEMENT_END_SHIFT,
    STATEMENT_SHIFTS,
    STATEMENT_UNTOLD_SHIFT,
    STATEMENT_FOUND,
    STATEMENT_FIND_OUT,
    STATEMENT_SAME_RECEIPT,
    STATEMENT_TWINS,
    STATEMENT_DUE,
    STATEMENT_SET_DUE,
    STATEMENT_ALL_DUE,
    STATEMENT_BEGIN_DUE,
    STATEMENT_FORGET_DUE,
    STATEMENT_UNDECIDED_DEPOSIT,
    STATEMENT_HASH_AT,
    STATEMENT_AFTER,
    STATEMENT_COUNT
};

/* The newest event: what the next one is chained to. */
struct head {
    int64_t events;
    char hash[HASH_SIZE];
    char last_no[ORDER_NO_SIZE];
    char terminal_id[64];
};

/* Which journal is an installation's: in `head`, and in the file beside it. */
struct identity {
    char journal_id[JOURNAL_ID_SIZE]; /* "": none yet */
    char installation[INSTALLATION_SIZE];
};

struct journal {
    sqlite3 *db;
    sqlite3_vfs *vfs;
    int lock; /* of the one writer: a descriptor of the database, opened before SQLite's and closed
                 after them, because closing any other would drop SQLite's own locks; or -1 */
    struct identity identity;
    bool must_stand; /* the installation had a journal */
    EVP_MD_CTX *digest;
    EVP_MD *sha256;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    sqlite3_stmt *select[TABLE_COUNT]; /* one row by its key */
    sqlite3_stmt *parts[TABLE_COUNT];  /* all rows of an order */
    sqlite3_stmt *upsert[TABLE_COUNT];
    struct owed *owed; /* what failed writes had to say */
    struct head head;
    struct text payload;
    struct order *scratch; /* what each_* show */
    struct {
        journal_told *told; /* NULL: nobody */
        void *context;
    } unreadable;
    int log_pages;        /* in use; 0: all of them are in the database */
    int page_size;        /* bytes */
    int version;          /* of the schema */
    int64_t log_used_end; /* bytes of the log that were written since it was washed */
    bool log_tells;       /* the log may hold what was blanked in the database */
    char error[256];
};

/* Notes the sentence for journal_error and tells what it means. */
enum journal_result journal_fail(struct journal *journal, const char *what);
enum journal_result journal_say(struct journal *journal, enum journal_result result,
                                const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Prepared once and kept; NULL when it cannot be. The caller that steps one resets it. */
sqlite3_stmt *journal_statement(struct journal *journal, enum statement statement);
sqlite3_stmt *journal_select(struct journal *journal, enum table table);
sqlite3_stmt *journal_parts_of(struct journal *journal, enum table table);
sqlite3_stmt *journal_upsert(struct journal *journal, enum table table);

/* Schema: brings the file to this version, or says why not. */
enum journal_result journal_migrate(struct journal *journal, const char *terminal_id,
                                    bool read_only);
enum journal_result journal_read_head(struct journal *journal, struct head *out);
enum journal_result journal_write_head(struct journal *journal);
/* twins.c: within the transaction that brings the journal to this version. */
enum journal_result journal_tell_twins(struct journal *journal);

/* A journal that has no identity yet is given one; within a transaction. */
enum journal_result journal_give_identity(struct journal *journal);
enum journal_result journal_read_identity(struct journal *journal);
/* As it was made. */
bool identity_is_sound(struct journal *journal);
/* The file beside the journal: JOURNAL_NOT_FOUND none, JOURNAL_FOREIGN unreadable. */
enum journal_result identity_load(const char *path, struct identity *out);
/* journal_set_aside; `is_missed`: its identity stays, so that what is interrupted here is a journal
 * that is missed and never one that is begun anew. */
enum journal_result identity_set_aside(const char *path, bool is_missed, char *aside, size_t size);
/* Makes the names in the folder of `path` durable. */
bool identity_sync_folder(const char *path);
enum journal_result identity_save(struct journal *journal, const struct journal_options *options);

void journal_watch_log(struct journal *journal);
/* What an earlier program left in the log is found. */
enum journal_result journal_find_log(struct journal *journal);
/* During work: a log that has grown too long is emptied. */
void journal_bound_log(struct journal *journal);

/* Transactions. end() commits when `result` is JOURNAL_OK, else undoes everything. start() also
 * reads the head, finish() writes it. */
enum journal_result journal_begin(struct journal *journal);
enum journal_result journal_end(struct journal *journal, enum journal_result result);
enum journal_result journal_start(struct journal *journal);
enum journal_result journal_finish(struct journal *journal, enum journal_result result);
/* Outside transactions: must the order stand that a row names? Not where its own row may be lost.
 */
void journal_check_orders(struct journal *journal, bool check);
/* One row of an open transaction, into its table and into the payload. */
enum journal_result journal_put_row(struct journal *journal, enum table table, const char *order_no,
                                    int n, const struct value *values);
/* The payload so far becomes the next event. */
enum journal_result journal_append(struct journal *journal, enum note note, const char *order_no,
                                   const char *evidence, int64_t wall_ms);
void journal_open_payload(struct journal *journal, const char *about);

/* A column's text. Text with a NUL, or longer than the field, was not written by us; "?" makes
 * every comparison with it fail. */
void journal_copy_text(sqlite3_stmt *statement, int column, char *out, size_t size);
/* Until the next step; "" where an altered file has nothing. */
const char *journal_text_at(sqlite3_stmt *statement, int column);
/* Of a row whose first columns are those of an event, as long as the row stands. */
struct journal_event journal_event_at(sqlite3_stmt *statement);
/* The text must stay as it is until the statement is reset. */
void journal_bind_text(sqlite3_stmt *statement, int n, const char *text);
/* Binds a row's key; returns where its columns begin. */
int journal_bind_key(sqlite3_stmt *statement, enum table table, const char *order_no, int n);
/* Parameters `first` and on: ID number, his_cust_id, card. What is not known is NULL, which equals
 * nothing. */
void journal_bind_keys(sqlite3_stmt *statement, int first, const struct patient_keys *keys);
/* Steps once and resets. */
enum journal_result journal_step_done(struct journal *journal, sqlite3_stmt *statement,
                                      const char *what);
/* holds.c: takes what a new order holds, lets go what an order holds no more. */
enum journal_result journal_put_holds(struct journal *journal, const struct journal_write *write);
/* What a person has decided about holds nothing any more; an order that cannot be read keeps what
 * it has. */
enum journal_result journal_free_decided(struct journal *journal, const char *order_no);
/* due.c: an open order is due at once as long as nobody has set it aside. */
enum journal_result journal_put_due(struct journal *journal, const char *order_no, bool settled);
/* caller_words.c: they stand as the write has them, or as they stood; `seal` proves them with the
 * row of retry. */
enum journal_result journal_put_caller_words(struct journal *journal,
                                             const struct journal_write *write);
enum journal_result journal_seal(struct journal *journal, const struct order *order,
                                 const struct retry_row *row, char seal[HASH_SIZE]);
enum journal_result journal_forget_caller_words(struct journal *journal, const char *order_no);
enum journal_result journal_open_case(struct journal *journal, const char *order_no,
                                      const char *part, enum case_reason reason, int64_t wall_ms);
/* order.to_window, from the order's cases. */
enum journal_result journal_load_to_window(struct journal *journal, const char *order_no,
                                           uint64_t *out);

/* shift.c: an ended shift as one value, as the chain has it; of the row s. */
#define SHIFT_TOLD                                                                                 \
    "json_array(s.n, s.began_ms, s.by, s.held_fen, s.ended_ms, s.taken_fen, s.returned_fen,"       \
    " s.counted_fen)"

/* read.c: shows every order that the statement, already bound, names. */
enum journal_result journal_show_orders(struct journal *journal, sqlite3_stmt *statement,
                                        bool (*visit)(void *, const struct order *), void *context);

/* The chain. */
void chain_genesis(struct journal *journal, const char *terminal_id, char out[HASH_SIZE]);
void chain_hash(struct journal *journal, const char *previous, const struct journal_event *event,
                char out[HASH_SIZE]);
void chain_seal(struct journal *journal, const char *order_no, const struct retry_row *row,
                const struct caller_words *words, char out[HASH_SIZE]);

#endif
