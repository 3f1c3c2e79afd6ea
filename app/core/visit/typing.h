/* What keys do to the typed text: a number, words, or an amount in yuan. */
#ifndef HOPKIOSK_CORE_VISIT_TYPING_H
#define HOPKIOSK_CORE_VISIT_TYPING_H

#include "app/core/visit/offers.h"

/* A digit or a letter, at most so many; or a key that deletes. */
void typing_key(struct session *session, int key, size_t most);
/* Digits, or all letters in their place: the pages of a keypad. */
enum typing_board { TYPING_DIGITS = 0, TYPING_LETTERS };
void typing_turn_board(struct session *session, enum touch_kind way);
/* Forgets what was typed and the chosen amount. */
void typing_begin_amount(struct session *session);
void typing_amount_key(struct session *session, int key);
/* Puts the amount as if it had been typed. */
void typing_set_amount(struct session *session, struct fen amount);
/* The typed amount; 0 fen when it is none. */
struct fen typing_amount(const struct session *session);

/* How many rows a page holds as this patient wants it. */
int visit_rows_a_page(struct situation at, enum page_of what);
/* Turns the page by MORE or LESS among so many rows. */
void turn_page(struct session *session, enum touch_kind way, int rows, int a_page);

#endif
