/* What goes wrong on the way: a fault waits for an operation and happens to it. */
#ifndef SANDBOX_FAULT_H
#define SANDBOX_FAULT_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#define FAULTS_MAX 32

enum fault_kind {
    FAULT_NONE = 0,
    FAULT_DELAY,         /* acted; the answer comes `ms` later */
    FAULT_HOLD,          /* acted; the answer comes when released */
    FAULT_DROP_BEFORE,   /* never acted, the connection closes */
    FAULT_DROP_AFTER,    /* acted, the connection closes without an answer */
    FAULT_DUPLICATE,     /* the request arrives twice; the second answer is sent */
    FAULT_BAD_SIGNATURE, /* acted; the answer's signature is wrong */
    FAULT_UNSIGNED,      /* acted; the answer has no signature */
    FAULT_GARBAGE,       /* acted; the answer is not JSON */
    FAULT_ANSWER,        /* `body` instead of the answer; acted only with `act` */
    FAULT_DOWN,          /* never acted; 503, or `status` */
    FAULT_CODE,          /* onepay: answered with `code`; acted only with `act` */
    FAULT_FAIL           /* of a step inside an operation: it fails */
};

struct fault {
    enum fault_kind kind;
    char on[48]; /* "upp.scanCode", "upp.*", "*" */
    int times;   /* still to happen; negative: for ever */
    int64_t ms;  /* delay */
    int status;  /* HTTP status of answer, garbage, down; 0: the usual */
    bool act;    /* of answer and code */
    char code[16];
    cJSON *body; /* of answer; owned */
};

struct faults {
    struct fault at[FAULTS_MAX];
    int count;
    unsigned released; /* counts releases: who holds waits for the next */
};

/* NULL, or what is wrong with the order for a fault. */
const char *faults_add(struct faults *faults, const cJSON *request);
void faults_clear(struct faults *faults);
/* The first fault that waits for `operation`, used up once; its body is the caller's. */
struct fault faults_take(struct faults *faults, const char *operation);

#endif
