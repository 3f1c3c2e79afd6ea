/* The display's server dies and comes back: the program goes on without a window, and opens one
 * again. */
#include "ui/window/window.h"

#define RETRY_MS 1000

/* SDL is asked to forget a server that is no more: what it would say to it goes nowhere. Nor is
 * what was pressed on its display pressed on the next: SDL takes what a dead server does not answer
 * for keys that are down. */
void ui_leave_display(struct ui *ui) {
    pthread_mutex_lock(&ui->lock); /* nobody wakes SDL meanwhile */
    ui->away = true;
    ui_lose_frame(ui);
    display_close(ui);
    SDL_DestroyWindow(ui->window);
    ui->window = NULL;
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    SDL_FlushEvents(SDL_KEYDOWN, SDL_FINGERMOTION);
    ui->tried_ms = SDL_GetTicks64();
    pthread_mutex_unlock(&ui->lock);
}

/* A window without the patient's display beside it would be half of a desk. */
static bool open_windows(struct ui *ui) {
    char why[128];
    if (open_window(ui, why, sizeof why) && display_open(ui))
        return true;
    display_close(ui);
    if (ui->window != NULL)
        SDL_DestroyWindow(ui->window);
    ui->window = NULL;
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    return false;
}

bool ui_retry_display(struct ui *ui) {
    uint64_t now_ms = SDL_GetTicks64();
    if (now_ms < ui->tried_ms + RETRY_MS)
        return false;
    ui->tried_ms = now_ms;
    pthread_mutex_lock(&ui->lock);
    ui->away = !open_windows(ui);
    ui_lose_frame(ui);
    pthread_mutex_unlock(&ui->lock);
    return !ui->away;
}
