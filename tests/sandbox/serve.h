/* A request as the server has it whole, and what becomes of it. Knows no HTTP library. */
#ifndef SANDBOX_SERVE_H
#define SANDBOX_SERVE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

struct sandbox;

struct call {
    const char *path;
    bool post, english;
    const char *body; /* NULL: none; else ended by a zero */
    size_t length;
    const cJSON *arguments; /* of the query, texts; NULL: none */
    const char *hospital;   /* header X-Hospital; NULL: none */
};

struct response {
    int status;
    const char *type, *location; /* literals or NULL */
    char *body;                  /* owned */
    size_t length;               /* 0: it is a text */
    bool drop;                   /* close the connection instead */
};

/* Under the sandbox's lock, which is let go while a fault waits. */
void serve(struct sandbox *sandbox, const struct call *call, struct response *response);

#endif
