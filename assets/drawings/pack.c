/* Build tool: PNG pictures in, C source out: the runs of one colour of each, named after its file.
 * The rasters of a drawing are NAME-1.png and NAME-2.png, the second twice as wide. usage:
 * pack-drawings A-1.png A-2.png ... > drawing_runs.c */
#include <libgen.h>
#include <png.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH_MAX 255

static void name_of(const char *path, char *out, size_t size) {
    char copy[512];
    snprintf(copy, sizeof copy, "%s", path);
    snprintf(out, size, "%s", basename(copy));
    out[strcspn(out, ".")] = '\0';
    for (char *c = out; *c; c++)
        if (*c == '-')
            *c = '_';
}

static int read_png(const char *path, png_image *image, uint8_t **rgba) {
    *image = (png_image){.version = PNG_IMAGE_VERSION};
    *rgba = NULL;
    if (png_image_begin_read_from_file(image, path)) {
        image->format = PNG_FORMAT_BGRA; /* 0xAARRGGBB, the lowest byte first */
        *rgba = malloc(PNG_IMAGE_SIZE(*image));
        if (*rgba && png_image_finish_read(image, NULL, *rgba, 0, NULL))
            return 0;
    }
    fprintf(stderr, "pack-drawings: %s: %s\n", path, image->message);
    free(*rgba);
    return 1;
}

struct run {
    uint32_t colour;
    int length;
};

static size_t find_runs(const uint8_t *bgra, size_t pixels, struct run *runs) {
    size_t count = 0;
    for (size_t i = 0; i < pixels; i++, bgra += 4) {
        uint32_t colour =
            (uint32_t)bgra[3] << 24 | (uint32_t)bgra[2] << 16 | (uint32_t)bgra[1] << 8 | bgra[0];
        if (count == 0 || runs[count - 1].colour != colour || runs[count - 1].length == LENGTH_MAX)
            runs[count++] = (struct run){colour, 0};
        runs[count - 1].length++;
    }
    return count;
}

static void print_runs(const char *name, const png_image *image, const struct run *runs,
                       size_t count) {
    printf("static const uint32_t colours_%s[] = {", name);
    for (size_t i = 0; i < count; i++)
        printf("%s0x%x,", i % 8 == 0 ? "\n" : "", runs[i].colour);
    printf("\n};\nstatic const uint8_t lengths_%s[] = {", name);
    for (size_t i = 0; i < count; i++)
        printf("%s%d,", i % 32 == 0 ? "\n" : "", runs[i].length);
    printf(
        "\n};\nconst struct drawing_raster drawing_%s = {%u, %u, %zu, colours_%s, lengths_%s};\n",
        name, image->width, image->height, count, name, name);
}

static int pack(const char *path) {
    char name[256];
    png_image image;
    uint8_t *bgra;
    if (read_png(path, &image, &bgra) != 0)
        return 1;
    size_t pixels = (size_t)image.width * image.height;
    struct run *runs = malloc(pixels * sizeof *runs);
    if (runs) {
        name_of(path, name, sizeof name);
        print_runs(name, &image, runs, find_runs(bgra, pixels, runs));
    }
    free(bgra);
    free(runs);
    return runs ? 0 : 1;
}

int main(int argc, char **argv) {
    printf("#include \"ui/drawings.h\"\n");
    for (int i = 1; i < argc; i++)
        if (pack(argv[i]) != 0)
            return 1;
    return 0;
}
