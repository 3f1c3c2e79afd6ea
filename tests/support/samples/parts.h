/* What the samples of several files share. */
#ifndef HOPKIOSK_TESTS_SAMPLE_PARTS_H
#define HOPKIOSK_TESTS_SAMPLE_PARTS_H

#include "tests/support/samples/samples.h"

#define SAMPLE_LONG_NAME                                                                                                                      \
    "注射用头孢哌酮钠舒巴坦钠（复方制剂，冻干粉针，儿童及成人适用，皮试阴性后使用，须避光保存）" \
    "注射用头孢哌酮钠舒巴坦钠（复方制剂，冻干粉针，儿童及成人适用，皮试阴性后使用，须避光保存）" \
    "注射用头孢哌酮钠舒巴坦钠（复方制剂，冻干粉针，儿童及成人适用，皮试阴性后使用，须避光保存）" \
    "注射用头孢哌酮钠舒巴坦钠（复方制剂，冻干粉针，儿童及成人适用）"

/* As long as those of real lists are, and shown whole. */
#define SAMPLE_MEDICINE "马来酸左旋氨氯地平片（国家集采中选，2.5mg×28片）"

/* By file; each ends with a row without a name. */
extern const struct sample samples_who[], samples_choose[], samples_pay[], samples_result[],
    samples_records[], samples_staff[], samples_desk_day[], samples_desk_refund[];

extern const struct view_account sample_outpatient, sample_inpatient;

/* How many rows of it the program would put on a page. */
int sample_page_holds(const struct view *v, enum page_of what);
/* Whose money it is stands on the screen. */
void sample_is_known(struct view *v, const struct view_account *account);
/* The steps before `now` are done. */
void sample_steps(struct view *v, int now);
void sample_step_is(struct view *v, int step, enum view_step_state state, const char *key);
/* A line of what is known of a payment; `at` may be "". */
struct view_check sample_check(enum view_check_state state, const char *key, const char *at);
/* The cashier's window as it always is. */
void sample_fill_desk(struct view *v, enum screen screen);
/* ... with a call that is paid this way, and at its end. */
void sample_desk_chosen(struct view *v, enum screen screen, const char *way_key);
void sample_desk_end(struct view *v, enum view_tone tone, const char *title_key,
                     const char *text_key, enum view_patient_state state);
/* The keypad with a number half typed. */
void sample_keypad(struct view *v);

#endif
