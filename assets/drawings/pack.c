/* Build tool: PNG pictures in, C source out: the bytes of each, named after its file. The rasters
 * of a drawing are NAME-1.png and NAME-2.png, the second twice as wide. usage: pack-drawings
 * A-1.png A-2.png ... > drawing_bytes.c */
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BYTES_MAX (1 << 20)

static void name_of(const char *path, char *out, size_t size) {
    char copy[512];
    snprintf(copy, sizeof copy, "%s", path);
    snprintf(out, size, "%s", basename(copy));
    out[strcspn(out, ".")] = '\0';
    for (char *c = out; *c; c++)
        if (*c == '-')
            *c = '_';
}

static int pack(const char *path) {
    static unsigned char bytes[BYTES_MAX];
    char name[256];
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(bytes, 1, sizeof bytes, file) : 0;
    if (file)
        fclose(file);
    if (length == 0 || length == sizeof bytes) {
        fprintf(stderr, "pack-drawings: %s: cannot be read, or too large\n", path);
        return 1;
    }
    name_of(path, name, sizeof name);
    printf("static const uint8_t bytes_%s[%zu] = {", name, length);
    for (size_t i = 0; i < length; i++)
        printf("%s%d,", i % 32 == 0 ? "\n" : "", bytes[i]);
    printf("\n};\nconst struct drawing_bytes drawing_%s = {bytes_%s, %zu};\n", name, name, length);
    return 0;
}

int main(int argc, char **argv) {
    printf("#include \"ui/drawings.h\"\n");
    for (int i = 1; i < argc; i++)
        if (pack(argv[i]) != 0)
            return 1;
    return 0;
}
