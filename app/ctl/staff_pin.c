/* `staff-pin`: prints the hash of a PIN for a person of `staff.people`. The PIN is typed without
 * echo or read from a pipe, not from the command line, where other users could read it. */
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "app/base/pin.h"
#include "app/ctl/ctl.h"

#define LINE_SIZE 64

static bool read_unseen(char line[LINE_SIZE]) {
    struct termios before, unseen;
    bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;
    if (terminal) {
        unseen = before;
        unseen.c_lflag &= ~(tcflag_t)ECHO;
        fprintf(stderr, "PIN (%d to %d digits): ", PIN_DIGITS_MIN, PIN_DIGITS_MAX);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen);
    }
    bool got = fgets(line, LINE_SIZE, stdin) != NULL;
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        fputc('\n', stderr);
    }
    line[got ? strcspn(line, "\r\n") : 0] = '\0';
    return got;
}

enum ctl_exit ctl_staff_pin(struct ctl *ctl, int argc, char **argv) {
    char pin[LINE_SIZE], hash[PIN_HASH_SIZE];
    (void)ctl;
    if (argc != 1)
        return ctl_usage(argv[0]);
    bool valid = read_unseen(pin) && pin_is_valid(pin);
    bool hashed = valid && pin_hash(pin, hash);
    explicit_bzero(pin, sizeof pin);
    if (!valid)
        return ctl_say(CTL_REFUSED, "a PIN has %d to %d digits", PIN_DIGITS_MIN, PIN_DIGITS_MAX);
    if (!hashed)
        return ctl_say(CTL_FAILED, "no hash could be made");
    puts(hash);
    return CTL_OK;
}
