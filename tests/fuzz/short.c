/* The short run of `make test`: a fuzzer's seeds as they are, then mutations of them, the same ones
 * every time: MUTATIONS_MAX, or as many as there is time for. Needs no clang and runs in every
 * build, also below the sanitizers; it is not led by coverage, `make fuzz` is. usage: NAME_fuzz
 * CORPUS SECONDS; what it fell over is NAME_fuzz.input beside it. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SEEDS_MAX 2000
#define INPUT_MAX 16384
#define CHANGES_MAX 8
#define MUTATIONS_MAX 200000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct seed {
    uint8_t *bytes;
    size_t length;
} seeds[SEEDS_MAX];
static int seed_count;

static uint8_t input[INPUT_MAX];
static size_t input_length;
static char input_path[4096];

static uint32_t any(uint32_t below) {
    static uint32_t state = 2463534242u;
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return below ? state % below : 0;
}

static void keep_input(int signal_number) {
    int file = open(input_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || write(file, input, input_length) < 0)
        _exit(99);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

/* A copy of its exact size: reading behind its end is seen by a sanitizer. */
static void run(void) {
    uint8_t *bytes = malloc(input_length ? input_length : 1);
    if (!bytes)
        abort();
    memcpy(bytes, input, input_length);
    LLVMFuzzerTestOneInput(bytes, input_length);
    free(bytes);
}

static void take_seed(const uint8_t *bytes, size_t length) {
    input_length = length < INPUT_MAX ? length : INPUT_MAX;
    if (input_length)
        memcpy(input, bytes, input_length);
}

static void read_seeds(const char *folder) {
    DIR *directory = opendir(folder);
    if (!directory)
        return; /* it has none */
    for (struct dirent *entry; (entry = readdir(directory)) && seed_count < SEEDS_MAX;) {
        int file = openat(dirfd(directory), entry->d_name, O_RDONLY);
        uint8_t *bytes = malloc(INPUT_MAX);
        ssize_t length = file >= 0 && bytes ? read(file, bytes, INPUT_MAX) : -1;
        if (length >= 0)
            seeds[seed_count++] = (struct seed){bytes, (size_t)length};
        else
            free(bytes);
        if (file >= 0)
            close(file);
    }
    closedir(directory);
}

static void insert(size_t at, const uint8_t *bytes, size_t count) {
    if (input_length + count > INPUT_MAX)
        return;
    memmove(input + at + count, input + at, input_length - at);
    memcpy(input + at, bytes, count);
    input_length += count;
}

static void change(void) {
    static const uint8_t edges[] = {0, 1, 0x7f, 0x80, 0xff, '0', '"', '-', 0x10, 0x12};
    size_t at = any((uint32_t)input_length + 1), left = input_length - at;
    uint8_t byte = any(2) ? edges[any(sizeof edges)] : (uint8_t)any(256);
    switch (any(5)) {
    case 0:
        if (left)
            input[at] ^= (uint8_t)(1u << any(8));
        break;
    case 1:
        if (left)
            input[at] = byte;
        break;
    case 2:
        insert(at, &byte, 1);
        break;
    case 3: {
        size_t count = any((uint32_t)(left < 64 ? left : 64) + 1);
        memmove(input + at, input + at + count, left - count);
        input_length -= count;
        break;
    }
    default: {
        if (!seed_count)
            break;
        const struct seed *other = &seeds[any((uint32_t)seed_count)];
        size_t from = any((uint32_t)other->length + 1), room = other->length - from;
        insert(at, other->bytes + from, any((uint32_t)(room < 256 ? room : 256) + 1));
        break;
    }
    }
}

int main(int argc, char **argv) {
    if (argc != 3)
        return 2;
    snprintf(input_path, sizeof input_path, "%s.input", argv[0]);
    static const int falls[] = {SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE};
    for (size_t i = 0; i < sizeof falls / sizeof *falls; i++)
        signal(falls[i], keep_input);
    read_seeds(argv[1]);
    for (int i = 0; i < seed_count; i++) {
        take_seed(seeds[i].bytes, seeds[i].length);
        run();
    }
    unsigned long runs = 0;
    for (time_t end = time(NULL) + atoi(argv[2]); time(NULL) < end && runs < MUTATIONS_MAX;
         runs++) {
        const struct seed *seed = seed_count ? &seeds[any((uint32_t)seed_count)] : &seeds[0];
        take_seed(seed->bytes, seed->length);
        for (uint32_t changes = 1 + any(CHANGES_MAX); changes > 0; changes--)
            change();
        run();
    }
    printf("%d seeds, %lu mutations\n", seed_count, runs);
    for (int i = 0; i < seed_count; i++)
        free(seeds[i].bytes);
    return 0;
}
