/* The window: draws a view, remembers what can be touched in the frame that was presented, turns
 * input into touches. Main thread only. Knows nothing of the program behind the view. */
#ifndef HOPKIOSK_UI_H
#define HOPKIOSK_UI_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/view.h"

struct ui;

/* Parts of the machine that people use, and where such a part is: USUAL is where most have it,
 * NONE: it has none. */
enum ui_part {
    UI_PART_SCANNER = 0,
    UI_PART_ID_READER,
    UI_PART_CARD_READER,
    UI_PART_PRINTER,
    UI_PART_COUNT
};
enum ui_spot {
    UI_SPOT_USUAL = 0,
    UI_SPOT_LEFT,
    UI_SPOT_MIDDLE,
    UI_SPOT_RIGHT,
    UI_SPOT_BELOW,
    UI_SPOT_NONE
};

/* What is heard. Texts are "" where there is nothing; they and the context outlive the window. */
struct ui_sound {
    bool on;
    bool speaks; /* else only short sounds */
    bool aloud;  /* speech is for everybody; else only for the headphones */
    const char *device,
        *headphones; /* outputs by SDL's names: "" the usual one; headphones: none */
    const char *recordings, *prompts; /* folders: those are played in place of these */
    /* How loud it may be now, percent; 0: silent. */
    int (*volume)(const void *context);
    const void *context;
    /* On a thread of the sound's: this output works (why NULL), or does not. May be NULL. */
    void (*state)(const char *device, const char *why);
};

struct ui_options {
    bool keyboard;     /* a real keyboard is heard */
    bool headless;     /* SDL's dummy driver and software renderer: the same pixels */
    bool full_screen;  /* the whole display, else a window; not headless */
    int width, height; /* pixels of a window, before rotation */
    int panel_width_mm, panel_height_mm; /* terminal.panel_mm */
    int mount_mm; /* terminal.mount_mm: its lower edge above the floor; 0: as usual */
    int rotation; /* 0, 90, 180, 270 degrees clockwise, done by us */
    enum ui_spot spots[UI_PART_COUNT]; /* devices[].place */
    const char *assets_dir;            /* text, icons */
    const char *patient_display;       /* of a desk: its name or number, "": there is none; NULL: no
                                          desk */
    struct ui_sound sound;
    /* Told once of every character that no font has (a substitute is drawn); may be NULL. */
    void (*missing_glyph)(uint32_t codepoint);
};

/* NULL and a sentence in `error` (at most `error_size` bytes) when there is no display, font or
 * asset. */
struct ui *ui_create(const struct ui_options *options, char *error, int error_size);
void ui_destroy(struct ui *ui);

/* Does it lie? */
bool ui_is_wide(const struct ui *ui);
/* Has it the shape of panel_width_mm x panel_height_mm? */
bool ui_is_of_panel_shape(const struct ui *ui);

/* Is the patient's display there? */
bool ui_has_patient_display(const struct ui *ui);

/* Draws and presents when the view's revision, second or animation differs from the presented
 * frame; true when it did. The frame fills the window as
 * large as it is now; what is not shown cannot be touched. */
bool ui_present(struct ui *ui, const struct view *view);
/* When the presented frame wants to be drawn again by itself (countdown, animation), milliseconds
 * from now; -1 never. */
int ui_next_frame_ms(const struct ui *ui);

enum ui_input_kind {
    UI_INPUT_NONE = 0,
    UI_INPUT_TOUCH, /* a finger went up where it went down (sliding off changes its mind), or a key
                       pressed what keys had chosen */
    UI_INPUT_KEY,
    UI_INPUT_QUIT,
    UI_INPUT_EXPOSED,
    UI_INPUT_DISPLAY_GONE, /* its server has died: nothing is shown or touched until it is back */
    UI_INPUT_DISPLAY_BACK
};
struct ui_input {
    enum ui_input_kind kind;
    enum screen screen; /* of the presented frame; of a touch: that the finger went down on */
    uint32_t revision;
    struct touch touch; /* TOUCH_NONE: beside everything (still a sign of life) */
    uint32_t held_ms;   /* how long the finger was down */
    char key;
};
/* Waits at most timeout_ms (-1: for ever) for one input or ui_wake. False: nothing came, or a
 * finger went down or slid off: present again, so that what is touched looks touched. Headless it
 * never polls. */
bool ui_wait(struct ui *ui, int timeout_ms, struct ui_input *out);
/* From any thread: ends a ui_wait. */
void ui_wake(struct ui *ui);
/* A touch at a place of the presented frame, or of a thing by its id; false: not there, not
 * enabled. */
bool ui_touch_at(struct ui *ui, int x, int y, struct ui_input *out);
bool ui_touch_id(struct ui *ui, struct touch touch, struct ui_input *out);
/* True when `text` is readable in the presented frame; line breaks and blanks do not matter. */
bool ui_shows(const struct ui *ui, const char *text);
/* A key of a keypad that is the terminal's own, by its character or one of these. False: it
 * neither moves what is chosen nor presses it, so it is typed. */
#define UI_KEY_NEXT '\t'
#define UI_KEY_LEFT 0x1c
#define UI_KEY_RIGHT 0x1d
#define UI_KEY_UP 0x1e
#define UI_KEY_DOWN 0x1f
#define UI_KEY_AGAIN '*' /* says the screen once more */
/* ... of the cashier's window: they press the button that names them. */
#define UI_KEY_F(n) ((char)(0x80 + (n))) /* F1 is 1 */
#define UI_KEY_ALT(n) ((char)(0x90 + (n)))
#define UI_KEY_PAGE_UP ((char)0xa0)
#define UI_KEY_PAGE_DOWN ((char)0xa1)
bool ui_key(struct ui *ui, char key, struct ui_input *out);
/* Something was read: a short sound. */
void ui_sound_read(struct ui *ui);
/* True when the prompt of this key was said since the screen came; `to_all`: not only to the
 * headphones. */
bool ui_said(const struct ui *ui, const char *key, bool to_all);
/* Words of ours (assets/text), for paper too; the key itself when it has none. */
const char *ui_word(const struct ui *ui, enum view_language language, const char *key);
/* The presented frame as a PNG file, the patient's display beside it as NAME-expansion; false and
 * errno. */
bool ui_shot(struct ui *ui, const char *path);

#endif
