#include "tests/usbbench/client.h"

#include <ftw.h>
#include <libgen.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define WORDS_MAX 40
#define UNTIL_MS 15000
#define UNTIL_STEP_MS 5

/* The folder and the socket travel to the second start in the environment. */
static const char folder_name[] = "USBBENCH_FOLDER";

const char *bench_folder(void) {
    return getenv(folder_name);
}

static int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *ftw) {
    (void)stat, (void)kind, (void)ftw;
    return remove(path);
}

static void remove_folder(void) {
    nftw(bench_folder(), remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static bool is_program(const char *path) {
    struct stat stat_of;
    return stat(path, &stat_of) == 0 && S_ISREG(stat_of.st_mode) && access(path, X_OK) == 0;
}

/* BUILD/tests/unit/FOLDER/NAME -> BUILD/usbbench */
static void find_bench(const char *self, char *program, size_t size) {
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", self);
    do
        snprintf(program, size, "%.*s/usbbench", (int)size - 16, dirname(folder));
    while (!is_program(program) && strlen(folder) > 1);
}

void bench_enter(char **argv, const char *devices) {
    static char program[PATH_MAX], self[PATH_MAX], names[256], socket_path[64];
    static char folder[] = "/tmp/benchpaper-XXXXXX";
    if (bench_folder()) {
        atexit(remove_folder);
        return;
    }
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length < 0 || !mkdtemp(folder))
        exit(99);
    setenv(folder_name, folder, 1);
    snprintf(socket_path, sizeof socket_path, "%s/socket", folder);
    find_bench(self, program, sizeof program);

    char *words[WORDS_MAX] = {program, "--socket", socket_path, "--paper", folder};
    int count = 5;
    snprintf(names, sizeof names, "%s", devices);
    for (char *name = strtok(names, " "); name && count < WORDS_MAX - 16;
         name = strtok(NULL, " ")) {
        words[count++] = "--device";
        words[count++] = name;
    }
    words[count++] = "--";
    words[count++] = self;
    for (int i = 1; argv[i] && count < WORDS_MAX - 1; i++)
        words[count++] = argv[i];
    execv(program, words);
    perror(program);
    exit(99);
}

static int connect_to_bench(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", bench_folder());
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    perror("bench");
    exit(99);
}

#define LINE_MAX_BYTES 4096
#define ANSWER_MAX_BYTES 256

static bool ask_bench(char line[LINE_MAX_BYTES], char answer[ANSWER_MAX_BYTES]) {
    static int fd = -1;
    size_t length = strlen(line);
    line[length] = '\n';
    if (fd < 0)
        fd = connect_to_bench();
    bool sent = send(fd, line, length + 1, MSG_NOSIGNAL) == (ssize_t)length + 1;
    line[length] = 0;
    ssize_t got = sent ? recv(fd, answer, ANSWER_MAX_BYTES - 1, 0) : 0;
    answer[got > 0 ? got : 0] = 0;
    return strcmp(answer, "ok\n") == 0;
}

bool bench(const char *format, ...) {
    char line[LINE_MAX_BYTES], answer[ANSWER_MAX_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line - 1, format, arguments);
    va_end(arguments);
    bool held = ask_bench(line, answer);
    if (!held)
        fprintf(stderr, "bench: %s -> %s\n", line, answer);
    return held;
}

bool bench_until(const char *format, ...) {
    char line[LINE_MAX_BYTES], answer[ANSWER_MAX_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line - 1, format, arguments);
    va_end(arguments);
    for (int waited_ms = 0; waited_ms < UNTIL_MS; waited_ms += UNTIL_STEP_MS) {
        if (ask_bench(line, answer))
            return true;
        nanosleep(&(struct timespec){0, UNTIL_STEP_MS * 1000000L}, NULL);
    }
    fprintf(stderr, "bench: never %s -> %s\n", line, answer);
    return false;
}
