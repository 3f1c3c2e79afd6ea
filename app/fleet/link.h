/* A connection to the database on which no wait is without an end: every call has a deadline and
 * ends early when the program is told to stop. */
#ifndef HOPKIOSK_FLEET_LINK_H
#define HOPKIOSK_FLEET_LINK_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdint.h>

enum fleet_result {
    FLEET_OK = 0,
    FLEET_DOWN,    /* not reached, too slow or gone: what was asked may have been done */
    FLEET_REFUSED, /* the database says no */
    FLEET_DATA,    /* it cannot hold a value */
    FLEET_NO_TABLES,
    FLEET_MOVED,   /* somebody else has told it more */
    FLEET_JOURNAL, /* our own journal cannot be read */
    FLEET_STOPPED
};

#define FLEET_ERROR_SIZE 256

struct fleet_link_options {
    const char *database; /* a connection string of libpq */
    int patience_ms;      /* for a connection, and for each answer */
    int stop;             /* a descriptor that becomes readable when all is to end; -1: none */
};

struct fleet_link {
    PGconn *connection;
    int patience_ms, stop;
    char error[FLEET_ERROR_SIZE]; /* of the last failure, a sentence without secrets */
};

/* One parameter of a question. Texts end with a zero; what is binary has a length. */
struct fleet_value {
    Oid type; /* 0: a text, the database knows of what */
    const char *bytes;
    int length; /* of binary ones */
};
#define FLEET_VALUES_MAX 12

/* Only the configuration says where the database is and how it is checked, never an environment:
 * libpq's variables are forgotten, but for the password's. Once, before there are threads. */
void fleet_forget_environment(void);
/* False, with a sentence, for a connection string that cannot be read, or that would leave this
 * machine without the server's name and certificate being checked. */
__attribute__((warn_unused_result)) bool fleet_database_is_good(const char *database, char *error,
                                                                size_t error_size);
/* The link is closed again unless FLEET_OK. */
__attribute__((warn_unused_result)) enum fleet_result
fleet_link_open(struct fleet_link *link, const struct fleet_link_options *options);
void fleet_link_close(struct fleet_link *link);
/* Asks and waits. *out: the answer's rows (PQclear), also when they are none; NULL unless FLEET_OK
 * or where `out` is NULL. */
__attribute__((warn_unused_result)) enum fleet_result
fleet_link_ask(struct fleet_link *link, const char *sql, const struct fleet_value *values,
               int count, PGresult **out);
/* A whole text of statements, nothing back. */
__attribute__((warn_unused_result)) enum fleet_result fleet_link_run(struct fleet_link *link,
                                                                     const char *sql);

#endif
