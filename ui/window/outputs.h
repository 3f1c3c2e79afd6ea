/* Which displays hang at an X server, by its own word: SDL 2.26 there knows only the primary one,
 * and does not hear of others that come and go. A connection of its own, looked at once a second on
 * SDL's timer thread. */
#ifndef HOPKIOSK_UI_WINDOW_OUTPUTS_H
#define HOPKIOSK_UI_WINDOW_OUTPUTS_H

#include <SDL.h>
#include <stdbool.h>

struct outputs;
/* NULL: there is no X server to ask; SDL knows. A change is an SDL_DISPLAYEVENT. */
struct outputs *outputs_open(void);
void outputs_close(struct outputs *outputs);
/* Where the display of this name is, or of this number, from 0, left before right; false: it is not
 * there now. */
bool outputs_find(struct outputs *outputs, const char *name, SDL_Rect *out);

#endif
