/* Virtual USB devices without hardware: builds the tree, serves the devices and runs a program
 * among them. See README.md. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/usbbench/bus.h"
#include "tests/usbbench/console.h"
#include "tests/usbbench/model.h"

struct bench {
    struct bus *bus;
    struct console console;
    const char *socket_path;
    char **command;
    pid_t child;
    int signals;
    sigset_t mask_before;
    bool ended;
    int status;
};

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void run_line(void *context, const char *line, char *answer, size_t size) {
    struct bench *bench = context;
    char name[32];
    int length = 0;
    if (sscanf(line, "%31s %n", name, &length) != 1 || length == 0) {
        snprintf(answer, size, "error: NAME COMMAND...");
        return;
    }
    struct device *device = bus_find(bench->bus, name);
    const char *command = line + length;
    char error[160] = "not now", driver[32];
    unsigned interface;
    int times;
    bool held = false;
    if (!device)
        snprintf(error, sizeof error, "no device %s", name);
    else if (strcmp(command, "unplug") == 0)
        held = bus_unplug(bench->bus, device);
    else if (strcmp(command, "replug") == 0)
        held = bus_replug(bench->bus, device);
    else if (strcmp(command, "left") == 0)
        held = bus_is_left(bench->bus, device);
    else if (sscanf(command, "driver %u %31s", &interface, driver) == 2)
        held = bus_driver_is(bench->bus, device, interface, driver);
    else if (sscanf(command, "opened %d", &times) == 1)
        held = bus_opened_is(bench->bus, device, times);
    else
        held = device_command(device, command, error, sizeof error);
    if (!held)
        snprintf(answer, size, "error: %s", error);
}

static bool add_device(struct bench *bench, const char *argument) {
    char name[32];
    const char *equals = strchr(argument, '=');
    snprintf(name, sizeof name, "%.*s", equals ? (int)(equals - argument) : 31, argument);
    const struct model *model = model_find(equals ? equals + 1 : name);
    struct device *device = model ? bus_add(bench->bus, name, model) : NULL;
    if (!device) {
        fprintf(stderr, "usbbench: cannot make a device \"%s\"\n", argument);
        return false;
    }
    return true;
}

static const char *make_folder(const char *path) {
    if (mkdir(path, 0755) != 0 && errno != EEXIST)
        perror(path);
    return path;
}

static int usage(void) {
    fprintf(stderr, "usage: usbbench [--socket PATH] [--paper DIR] [--device NAME[=MODEL]]... "
                    "[-- COMMAND ARGS...]\n");
    return 2;
}

static bool take_options(struct bench *bench, int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0 && argv[i + 1]) {
            bench->command = argv + i + 1;
            return true;
        }
        if (i + 1 == argc)
            return false;
        const char *name = argv[i], *value = argv[++i];
        if (strcmp(name, "--socket") == 0)
            bench->socket_path = value;
        else if (strcmp(name, "--paper") == 0)
            bus_keep_paper(bench->bus, make_folder(value));
        else if (strcmp(name, "--device") != 0 || !add_device(bench, value))
            return false;
    }
    return true;
}

static void put_in_environment(const char *name, const char *value) {
    setenv(name, value, 1);
}

static void print(const char *name, const char *value) {
    printf("%s=%s\n", name, value);
}

static bool start_child(struct bench *bench) {
    bench->child = fork();
    if (bench->child != 0)
        return bench->child > 0;
    sigprocmask(SIG_SETMASK, &bench->mask_before, NULL);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    bus_variables(bench->bus, put_in_environment);
    execvp(bench->command[0], bench->command);
    perror(bench->command[0]);
    _exit(127);
}

static void take_signal(struct bench *bench) {
    struct signalfd_siginfo info;
    if (read(bench->signals, &info, sizeof info) != sizeof info)
        return;
    int status;
    if (info.ssi_signo == SIGCHLD && waitpid(bench->child, &status, WNOHANG) == bench->child) {
        bench->ended = true;
        bench->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    } else if (info.ssi_signo != SIGCHLD) {
        if (bench->child > 0)
            kill(bench->child, SIGTERM);
        else
            bench->ended = true;
    }
}

static int time_left_ms(const struct bench *bench) {
    int64_t left = bus_deadline_ms(bench->bus) - now_ms();
    return left < 0 ? 0 : left > 60000 ? 60000 : (int)left;
}

static void serve(struct bench *bench) {
    while (!bench->ended) {
        struct pollfd polls[BUS_POLLS_MAX + CONSOLE_CLIENTS_MAX + 2];
        int devices = bus_polls(bench->bus, polls);
        int count = devices + console_polls(&bench->console, polls + devices);
        polls[count++] = (struct pollfd){.fd = bench->signals, .events = POLLIN};
        if (poll(polls, (nfds_t)count, time_left_ms(bench)) < 0 && errno != EINTR)
            return;
        bus_serve(bench->bus, polls, devices, now_ms());
        console_serve(&bench->console, polls + devices, count - devices - 1, run_line, bench);
        bus_serve(bench->bus, NULL, 0, now_ms());
        if (polls[count - 1].revents)
            take_signal(bench);
    }
}

static void watch_signals(struct bench *bench) {
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGCHLD);
    sigaddset(&mask, SIGTERM);
    sigaddset(&mask, SIGINT);
    sigprocmask(SIG_BLOCK, &mask, &bench->mask_before);
    bench->signals = signalfd(-1, &mask, SFD_CLOEXEC);
}

int main(int argc, char **argv) {
    struct bench bench = {.bus = bus_create()};
    if (!bench.bus) {
        perror("usbbench");
        return 1;
    }
    int status = 1;
    watch_signals(&bench);
    if (!take_options(&bench, argc, argv)) {
        status = usage();
    } else if (!console_open(&bench.console, bench.socket_path,
                             !bench.command || isatty(STDIN_FILENO))) {
        perror(bench.socket_path);
    } else {
        if (!bench.command)
            bus_variables(bench.bus, print);
        fflush(stdout);
        if (!bench.command || start_child(&bench))
            serve(&bench);
        console_close(&bench.console);
        status = bench.status;
    }
    bus_destroy(bench.bus);
    return status;
}
