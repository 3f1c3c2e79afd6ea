#include "tests/usbbench/pinpad_books.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CHINA_S (8 * 3600)

static void put(char *field, const char *text) {
    memcpy(field, text, strlen(text));
}

static int64_t number_at(const char *field, int length) {
    char text[20] = "";
    memcpy(text, field, (size_t)length);
    return strtoll(text, NULL, 10);
}

void pinpad_books_open(struct pinpad_books *books) {
    snprintf(books->terminal, sizeof books->terminal, "BENCH001");
    snprintf(books->merchant, sizeof books->merchant, "898350180620001");
}

int pinpad_type_of(const char *request) {
    return (int)number_at(request + 25, 2);
}

const char *pinpad_find(struct pinpad_books *books, const char *sequence) {
    for (int i = books->done_count; i-- > 0;)
        if (memcmp(books->done[i].response + 3, sequence, 6) == 0)
            return books->done[i].response;
    return NULL;
}

/* The approved sale that a void or refund names by reference and voucher. */
static struct pinpad_done *find_sale(struct pinpad_books *books, const char *request) {
    for (int i = 0; i < books->done_count; i++) {
        const char *sale = books->done[i].response;
        if (memcmp(sale + 9, "0000", 4) == 0 && memcmp(sale + 55, request + 47, 12) == 0 &&
            memcmp(sale + 37, request + 59, 6) == 0)
            return &books->done[i];
    }
    return NULL;
}

static void put_slip(struct pinpad_books *books, const char *request, char *response) {
    char text[32];
    books->slips++;
    snprintf(text, sizeof text, "%06d", books->slips);
    put(response + 37, text);
    snprintf(text, sizeof text, "%012d", 700000 + books->slips);
    put(response + 55, text);
    put(response + 13, "0102");
    put(response + 17, books->unmasked ? "6222020000000000000" : "622202*********1234");
    memcpy(response + 43, request + 27, 12);
    put(response + 67, "123456");
    put(response + 73, "000001");
    put(response + 116, "D00");
}

static void sell(struct pinpad_books *books, const char *request, char *response) {
    put_slip(books, request, response);
    books->sold++;
}

/* A void takes back the whole, a refund what is left at most; neither more than there is. */
static void give_back(struct pinpad_books *books, const char *request, char *response) {
    struct pinpad_done *sale = find_sale(books, request);
    int64_t amount = number_at(request + 27, 12);
    int64_t paid = sale ? number_at(sale->response + 43, 12) : 0;
    bool fits = sale && amount > 0 && amount + sale->returned_fen <= paid;
    if (pinpad_type_of(request) == PINPAD_VOID)
        fits = fits && amount == paid;
    if (!fits) {
        put(response + 11, sale ? "61" : "25");
        return;
    }
    sale->returned_fen += amount;
    books->returned++;
    put_slip(books, request, response);
}

static void answer_query(struct pinpad_books *books, const char *request, char *response) {
    const char *original = pinpad_find(books, request + 47);
    if (original)
        memcpy(response + 11, original + 11, PINPAD_RESPONSE - 11);
    else
        put(response + 11, "Z5");
}

/* Its clock, which may be so many seconds ahead of ours. */
static void put_time(char *response) {
    char text[16];
    const char *ahead = getenv("PINPAD_AHEAD_S");
    time_t now = time(NULL) + CHINA_S + (ahead != NULL ? atoi(ahead) : 0);
    struct tm day;
    gmtime_r(&now, &day);
    strftime(text, sizeof text, "%Y%m%d%H%M%S", &day);
    put(response + 102, text);
}

void pinpad_execute(struct pinpad_books *books, const char *request, const char *code,
                    char response[PINPAD_RESPONSE]) {
    int type = pinpad_type_of(request);
    if (!*code && type <= PINPAD_REFUND)
        code = books->decline;
    memset(response, ' ', PINPAD_RESPONSE);
    put(response, "01R");
    memcpy(response + 3, request + 3, 6);
    memcpy(response + 9, request + 25, 2);
    put(response + 11, *code ? code : "00");
    memset(response + 43, '0', 12);
    put(response + 79, books->terminal);
    put(response + 87, books->merchant);
    put_time(response);
    memcpy(response + 159, request + 67, 32);
    if (type == PINPAD_QUERY && !*code)
        answer_query(books, request, response);
    else if (type == PINPAD_SALE && !*code)
        sell(books, request, response);
    else if ((type == PINPAD_VOID || type == PINPAD_REFUND) && !*code)
        give_back(books, request, response);
    if (type <= PINPAD_REFUND && books->done_count < PINPAD_DONE_MAX)
        memcpy(books->done[books->done_count++].response, response, PINPAD_RESPONSE);
}
