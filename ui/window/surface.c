/* From our canvas to the window, turned where the panel stands turned; and to a file. */
#include <errno.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/window/window.h"

static bool has_our_format(const SDL_Surface *surface) {
    return surface->format->BytesPerPixel == 4 && surface->format->Rmask == 0xff0000 &&
           surface->format->Bmask == 0xff;
}

static bool draws_directly(const struct ui *ui, const SDL_Surface *surface) {
    return ui->rotation == 0 && has_our_format(surface) && surface->w == ui->width &&
           surface->h == ui->height;
}

void ui_lose_frame(struct ui *ui) {
    ui->presented.drawn = false;
    ui->press.down = false;
    frame_clear(&ui->frame);
}

bool ui_canvas(struct ui *ui, struct canvas *out) {
    SDL_Surface *surface = SDL_GetWindowSurface(ui->window);
    if (!surface) {
        ui_lose_frame(ui);
        return false;
    }
    if (ui_take_size(ui, surface->w, surface->h))
        ui_lose_frame(ui);
    if (draws_directly(ui, surface)) {
        *out = (struct canvas){surface->pixels, ui->width, ui->height, surface->pitch / 4};
        return true;
    }
    if (!ui->pixels)
        ui->pixels = calloc((size_t)ui->width * (size_t)ui->height, sizeof *ui->pixels);
    *out = (struct canvas){ui->pixels, ui->width, ui->height, ui->width};
    return ui->pixels != NULL;
}

void ui_upright(const struct ui *ui, int window_x, int window_y, int *x, int *y) {
    switch (ui->rotation) {
    case 90:
        *x = window_y;
        *y = ui->height - 1 - window_x;
        return;
    case 180:
        *x = ui->width - 1 - window_x;
        *y = ui->height - 1 - window_y;
        return;
    case 270:
        *x = ui->width - 1 - window_y;
        *y = window_x;
        return;
    default:
        *x = window_x;
        *y = window_y;
    }
}

/* One turned copy into `surface`, which has our pixel format: along a row of the window our canvas
 * is walked by a constant step. */
static void turn_into(const struct ui *ui, SDL_Surface *surface) {
    int x0, y0, x1, y1;
    for (int window_y = 0; window_y < surface->h; window_y++) {
        uint32_t *row = (uint32_t *)((char *)surface->pixels + window_y * surface->pitch);
        ui_upright(ui, 0, window_y, &x0, &y0);
        ui_upright(ui, 1, window_y, &x1, &y1);
        long from = (long)y0 * ui->width + x0, step = (long)(y1 - y0) * ui->width + (x1 - x0);
        for (int window_x = 0; window_x < surface->w; window_x++, from += step)
            row[window_x] = ui->pixels[from];
    }
}

/* The window's own pixels where it has our format, else converted by SDL. */
static void turn_onto(const struct ui *ui, SDL_Surface *surface) {
    if (has_our_format(surface)) {
        turn_into(ui, surface);
        return;
    }
    SDL_Surface *turned =
        SDL_CreateRGBSurfaceWithFormat(0, surface->w, surface->h, 32, SDL_PIXELFORMAT_RGB888);
    if (!turned)
        return;
    turn_into(ui, turned);
    SDL_BlitSurface(turned, NULL, surface, NULL);
    SDL_FreeSurface(turned);
}

/* Is the frame as large as the window is now? */
static bool fits(const struct ui *ui, const SDL_Surface *surface) {
    bool turned = ui->rotation % 180 != 0;
    return surface->w == (turned ? ui->height : ui->width) &&
           surface->h == (turned ? ui->width : ui->height);
}

void ui_show(struct ui *ui) {
    SDL_Surface *surface = SDL_GetWindowSurface(ui->window);
    if (!surface || !fits(ui, surface)) {
        ui_lose_frame(ui);
        return;
    }
    if (ui->pixels && ui->painter.canvas.pixels == ui->pixels)
        turn_onto(ui, surface);
    SDL_UpdateWindowSurface(ui->window);
}

void ui_show_parts(struct ui *ui, const struct rect *parts, int count) {
    SDL_Rect rects[FRAME_MOVERS_MAX];
    SDL_Surface *surface = SDL_GetWindowSurface(ui->window);
    if (!surface || !draws_directly(ui, surface) || count > FRAME_MOVERS_MAX) {
        ui_show(ui);
        return;
    }
    for (int i = 0; i < count; i++)
        rects[i] = (SDL_Rect){parts[i].x, parts[i].y, parts[i].w, parts[i].h};
    SDL_UpdateWindowSurfaceRects(ui->window, rects, count);
}

static bool write_png(FILE *file, const struct canvas *canvas) {
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = (png_uint_32)canvas->width,
                       .height = (png_uint_32)canvas->height,
                       .format = PNG_FORMAT_RGB};
    size_t row = (size_t)canvas->width * 3;
    png_byte *bytes = malloc(row * (size_t)canvas->height);
    if (!bytes)
        return false;
    for (int y = 0; y < canvas->height; y++)
        for (int x = 0; x < canvas->width; x++) {
            uint32_t pixel = canvas->pixels[(long)y * canvas->stride + x];
            png_byte *to = bytes + (size_t)y * row + 3 * (size_t)x;
            to[0] = (png_byte)(pixel >> 16);
            to[1] = (png_byte)(pixel >> 8);
            to[2] = (png_byte)pixel;
        }
    image.flags = PNG_IMAGE_FLAG_FAST;
    bool written = png_image_write_to_stdio(&image, file, 0, bytes, 0, NULL) != 0;
    free(bytes);
    return written;
}

/* Renamed when it is whole: who waits for the picture never reads half of it. */
bool canvas_write_png(const struct canvas *canvas, const char *path) {
    char part[1100];
    if (snprintf(part, sizeof part, "%s.part", path) >= (int)sizeof part) {
        errno = ENAMETOOLONG;
        return false;
    }
    FILE *file = fopen(part, "we");
    if (!file)
        return false;
    bool written = write_png(file, canvas);
    int failure = written ? 0 : EIO;
    if (fclose(file) != 0 && written)
        failure = errno;
    if (failure == 0 && rename(part, path) != 0)
        failure = errno;
    if (failure != 0)
        remove(part);
    errno = failure;
    return failure == 0;
}

bool ui_shot(struct ui *ui, const char *path) {
    struct canvas canvas;
    if (!ui->presented.drawn || !ui_canvas(ui, &canvas)) {
        errno = ENODATA;
        return false;
    }
    return canvas_write_png(&canvas, path) && display_shot(ui, path);
}
