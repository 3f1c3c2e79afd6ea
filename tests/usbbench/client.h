/* For tests: run among virtual devices, and speak to them. */
#ifndef USBBENCH_CLIENT_H
#define USBBENCH_CLIENT_H

#include <stdbool.h>

/* Starts this program again below usbbench with these devices ("scanner printer=printer"), unless
 * it already runs there. Paper comes to bench_folder(). */
void bench_enter(char **argv, const char *devices);
/* One command, as of the prompt: "scanner scan C1". False, and says why on stderr, when refused. */
bool bench(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Until it is not refused any more: for what a device tells, "scanner heard". */
bool bench_until(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *bench_folder(void);

#endif
