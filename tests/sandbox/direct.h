/* The sandbox without HTTP and without its types, for tests that also hold the program's. */
#ifndef SANDBOX_DIRECT_H
#define SANDBOX_DIRECT_H

#include <stdint.h>

struct sandbox;

struct sandbox *direct_open(const char *key); /* isvId 20000, partnerId 12345 */
void direct_close(struct sandbox *sandbox);
/* POST; "" when the connection would have been dropped. Caller: free(). */
char *direct_post(struct sandbox *sandbox, const char *path, const char *body);
/* GET of the console: the query's arguments as an object. Caller: free(). */
char *direct_get(struct sandbox *sandbox, const char *path, const char *arguments);
int64_t direct_now_ms(const struct sandbox *sandbox);

#endif
