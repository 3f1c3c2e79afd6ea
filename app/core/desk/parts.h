/* What the files of the desk share. */
#ifndef HOPKIOSK_CORE_DESK_PARTS_H
#define HOPKIOSK_CORE_DESK_PARTS_H

#include "app/core/desk/desk.h"
#include "app/core/desk/window.h"
#include "app/core/terms/staff_tries.h"

/* An EFFECT_CALL about the order in the slot. */
struct effect *desk_add_effect(struct effects *out, int slot);

/* choices.c: Why nothing of it can go back now; does this desk give back what was paid so? */
struct fen desk_left_to_refund(const struct order *order);
enum call_refusal desk_refund_obstacle(const struct order *order);
bool desk_gives_back(const struct order *order);
/* Was it paid by insurance here? Then the caller reverses it, and nothing else gives it back. */
bool desk_is_insured(const struct order *order);

/* decode.c */
/* What the code that was scanned stands for. */
void desk_ask_gateway(struct desk_turn turn);

/* second.c */
void desk_ask_second(struct desk_turn turn);

/* screen.c */
void desk_go(struct desk_turn turn, enum screen screen);
/* Another way is chosen, or another code scanned: nobody waits for the gateway any more. */
void desk_forget_code(struct desk_window *window);
void desk_note_facts(struct desk_payment *payment, const struct order *order);
void desk_stop_looking(struct desk_window *window);

/* ways.c */
struct desk_around desk_around_of(struct desk_turn turn);

/* waiting.c */
/* The call is to be paid so, from now on. */
void desk_choose(struct desk_turn turn, enum desk_way way);
/* Before anything has left. */
void desk_let_go(struct desk_turn turn);
/* The next call that waits, or none. */
void desk_next_call(struct desk_turn turn);

/* refund.c */
void desk_choose_payment(struct desk_waiting *call, int chosen);
void desk_pick_payment(struct desk_turn turn, int n);
void desk_pick_why(struct desk_turn turn, int n);
/* Opens and closes the typing of how much goes back; takes what was typed. */
void desk_type_amount(struct desk_turn turn);
void desk_take_amount(struct desk_turn turn);

/* others.c: for the call that comes onto the window. */
void desk_ask_others(struct desk_turn turn);

/* shift.c */
void desk_count_shift(struct desk_turn turn);
void desk_end_shift(struct desk_turn turn);
void desk_shift_answered(struct desk_turn turn, const struct desk_day *written);
/* Once more; a slip of the shift that ended last. */
bool desk_slip_prints(const struct desk_window *window, const struct core_setup *setup);
void desk_print_slip(struct desk_turn turn);

/* looking.c */
void desk_look_at(struct desk_turn turn, int n);
/* The receipt of a row, without looking at it. */
void desk_print_row(struct desk_turn turn, int n);
/* A call has changed: what is looked at may be it. */
void desk_look_again(struct desk_turn turn);
/* What nobody has answered is asked about once more, now. */
void desk_ask_now(struct desk_turn turn);
void desk_open_drawer(struct desk_turn turn);
/* The receipt of what was just paid. */
void desk_print_paid(struct desk_turn turn, int slot);
void desk_print_again(struct desk_turn turn);

#endif
