#include "app/core/visit/typing.h"

#include <string.h>

#include "app/core/terms/copy.h"

#define AMOUNT_DIGITS_MAX 8
#define AMOUNT_DECIMALS_MAX 2

void typing_key(struct session *session, int key, size_t most) {
    size_t length = strlen(session->typed);

    session->notice = NOTICE_NONE;
    if (key == KEY_CLEAR)
        text_wipe(session->typed, sizeof session->typed);
    else if (key == KEY_DELETE && length > 0)
        session->typed[length - 1] = '\0';
    else if (length < most && ((key >= '0' && key <= '9') || (key >= 'A' && key <= 'Z')))
        session->typed[length] = (char)key;
}

void typing_turn_board(struct session *session, enum touch_kind way) {
    session->page = way == TOUCH_MORE ? TYPING_LETTERS : TYPING_DIGITS;
}

void typing_begin_amount(struct session *session) {
    text_wipe(session->typed, sizeof session->typed);
    session->choice.amount = (struct fen){0};
}

/* True when `typed` with this key is still an amount in yuan. */
static bool key_fits_amount(const char *typed, int key) {
    const char *dot = strchr(typed, '.');
    size_t length = strlen(typed);

    if (key == '.')
        return dot == NULL && length > 0;
    if (key < '0' || key > '9')
        return false;
    return dot != NULL ? strlen(dot + 1) < AMOUNT_DECIMALS_MAX : length < AMOUNT_DIGITS_MAX;
}

void typing_amount_key(struct session *session, int key) {
    size_t length = strlen(session->typed);

    if (key == KEY_CLEAR)
        text_wipe(session->typed, sizeof session->typed);
    else if (key == KEY_DELETE && length > 0)
        session->typed[length - 1] = '\0';
    else if (key_fits_amount(session->typed, key)) {
        if (key != '.' && strcmp(session->typed, "0") == 0)
            length = 0;
        session->typed[length] = (char)key;
        session->typed[length + 1] = '\0';
    }
}

void typing_set_amount(struct session *session, struct fen amount) {
    char text[MONEY_TEXT_SIZE];

    money_format(amount, text);
    size_t length = strlen(text);
    if (strcmp(text + length - 3, ".00") == 0)
        text[length - 3] = '\0';
    text_copy(session->typed, sizeof session->typed, text);
}

struct fen typing_amount(const struct session *session) {
    struct fen amount = {0};
    size_t length = strlen(session->typed);

    if (length > 0 && session->typed[length - 1] == '.')
        length--;
    if (money_parse(session->typed, length, &amount) != MONEY_OK)
        return (struct fen){0};
    return amount;
}

int visit_rows_a_page(struct situation at, enum page_of what) {
    const struct wishes *wishes = &at.session->wishes;

    return rows_a_page(what, (struct page_shape){at.setup->wide_panel, wishes->elder, wishes->low});
}

void turn_page(struct session *session, enum touch_kind way, int rows, int a_page) {
    int last = rows > 0 ? (rows - 1) / a_page : 0;

    if (way == TOUCH_MORE && session->page < last)
        session->page++;
    else if (way == TOUCH_LESS && session->page > 0)
        session->page--;
}
