/* vendorhost LIBRARY FUNCTION: see README.md. */
#include <dlfcn.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/pump/vendor_talk.h"

#define PAGE 4096

typedef char *vendor_function(char *in, char *out);

/* The output buffer ends where memory ends: writing beyond it stops this process instead of
 * spoiling it. */
static char *make_buffer(void) {
    char *pages = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED || mprotect(pages + PAGE, PAGE, PROT_NONE) != 0)
        exit(1);
    return pages + PAGE - VENDOR_BUFFER;
}

static void say_greeting(const char *text) {
    char packet[VENDOR_GREETING_MAX];
    size_t length = strnlen(text, sizeof packet - 1);
    memcpy(packet, text, length);
    packet[length] = '\0';
    if (send(VENDOR_FD, packet, length + 1, MSG_NOSIGNAL) < 0)
        exit(1);
}

/* One input into `in`, terminated; false: the program is gone. */
static bool hear_program(char in[VENDOR_BUFFER]) {
    ssize_t length = recv(VENDOR_FD, in, VENDOR_BUFFER, 0);
    if (length <= 0)
        return false;
    in[length < VENDOR_BUFFER ? length : VENDOR_BUFFER - 1] = '\0';
    return true;
}

/* Calls the function; the reply's length. */
static size_t call_library(vendor_function *function, char *in, char *out,
                           char reply[VENDOR_REPLY_MAX]) {
    memset(out, 0, VENDOR_BUFFER);
    const char *returned = function(in, out);
    size_t code = returned == NULL ? 0 : strnlen(returned, VENDOR_RETURNED_MAX);
    size_t length = strnlen(out, VENDOR_BUFFER);
    memcpy(reply, returned == NULL ? "" : returned, code);
    reply[code] = '\0';
    memcpy(reply + code + 1, out, length);
    return code + 1 + length;
}

/* Its first input are its settings, or nothing. NULL when it took them. */
static const char *settle_library(vendor_function *function, char *out) {
    static char in[VENDOR_BUFFER], reply[VENDOR_REPLY_MAX], why[VENDOR_GREETING_MAX];
    if (!hear_program(in))
        exit(1);
    if (in[0] == '\0')
        return NULL;
    (void)call_library(function, in, out, reply);
    memset(in, 0, sizeof in);
    if (strcmp(reply, "000000") == 0 || strcmp(reply, "00000") == 0)
        return NULL;
    snprintf(why, sizeof why, "the library refuses its settings: %.64s", reply);
    return why;
}

int main(int argc, char **argv) {
    static char in[VENDOR_BUFFER], reply[VENDOR_REPLY_MAX];
    const struct rlimit none = {0, 0};
    if (argc != 3) {
        fprintf(stderr, "usage: vendorhost LIBRARY FUNCTION (started by the kiosk)\n");
        return 2;
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setrlimit(RLIMIT_CORE, &none); /* it holds persons */
#ifndef __SANITIZE_ADDRESS__       /* its search for leaks looks at the program from outside */
    prctl(PR_SET_DUMPABLE, 0);
#endif
    void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    vendor_function *function = NULL;
    if (library != NULL)
        *(void **)&function = dlsym(library, argv[2]);
    char *out = make_buffer();
    if (function == NULL) {
        const char *why = dlerror();
        say_greeting(why == NULL ? "the library has no such function" : why);
        return 1;
    }
    const char *wrong = settle_library(function, out);
    say_greeting(wrong == NULL ? "" : wrong);
    while (wrong == NULL && hear_program(in)) {
        size_t length = call_library(function, in, out, reply);
        if (send(VENDOR_FD, reply, length, MSG_NOSIGNAL) < 0)
            break;
    }
    return wrong != NULL;
}
