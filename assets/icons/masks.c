/* Build tool: PNG pictures in, C source out: one coverage mask for each, named after its file.
 * usage: icon-masks A.png B.png ... > masks.c */
#include <libgen.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZE 128 /* ICON_MASK_SIZE of ui/icons.h */

static void write_mask(const char *name, const png_byte *rgba) {
    printf("const uint8_t icon_%s[%d] = {", name, SIZE * SIZE);
    for (int i = 0; i < SIZE * SIZE; i++)
        printf("%s%d,", i % 32 == 0 ? "\n" : "", rgba[4 * i + 3]);
    printf("\n};\n");
}

static int convert(char *path) {
    static png_byte rgba[SIZE * SIZE * 4];
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_file(&image, path) || image.width != SIZE ||
        image.height != SIZE) {
        fprintf(stderr, "icon-masks: %s: expected a PNG of %dx%d\n", path, SIZE, SIZE);
        return 1;
    }
    image.format = PNG_FORMAT_RGBA;
    if (!png_image_finish_read(&image, NULL, rgba, 0, NULL)) {
        fprintf(stderr, "icon-masks: %s: %s\n", path, image.message);
        return 1;
    }
    char *name = basename(path);
    char *dot = strrchr(name, '.');
    if (dot)
        *dot = '\0';
    write_mask(name, rgba);
    return 0;
}

int main(int argc, char **argv) {
    printf("#include \"ui/icons.h\"\n");
    for (int i = 1; i < argc; i++)
        if (convert(argv[i]) != 0)
            return 1;
    return 0;
}
