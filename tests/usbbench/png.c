#include "tests/usbbench/png.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STORED_MAX 65535u

static uint32_t crc_of(uint32_t crc, const uint8_t *bytes, size_t count) {
    crc = ~crc;
    for (size_t i = 0; i < count; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    return ~crc;
}

static uint32_t adler_of(const uint8_t *bytes, size_t count) {
    uint32_t low = 1, high = 0;
    for (size_t i = 0; i < count; i++) {
        low = (low + bytes[i]) % 65521;
        high = (high + low) % 65521;
    }
    return high << 16 | low;
}

static void big_endian(uint8_t out[4], uint32_t value) {
    for (int i = 0; i < 4; i++)
        out[i] = (uint8_t)(value >> (24 - 8 * i));
}

static bool write_chunk(FILE *file, const char type[4], const uint8_t *bytes, size_t count) {
    uint8_t head[8], tail[4];
    big_endian(head, (uint32_t)count);
    memcpy(head + 4, type, 4);
    big_endian(tail, crc_of(crc_of(0, head + 4, 4), bytes, count));
    return fwrite(head, 1, 8, file) == 8 && fwrite(bytes, 1, count, file) == count &&
           fwrite(tail, 1, 4, file) == 4;
}

/* A zlib stream of stored blocks; returns its length. */
static size_t store(uint8_t *out, const uint8_t *rows, size_t count) {
    size_t at = 0;
    out[at++] = 0x78;
    out[at++] = 0x01;
    for (size_t done = 0; done < count;) {
        size_t block = count - done < STORED_MAX ? count - done : STORED_MAX;
        out[at++] = done + block == count;
        out[at++] = (uint8_t)block;
        out[at++] = (uint8_t)(block >> 8);
        out[at++] = (uint8_t)~block;
        out[at++] = (uint8_t)(~block >> 8);
        memcpy(out + at, rows + done, block);
        at += block;
        done += block;
    }
    big_endian(out + at, adler_of(rows, count));
    return at + 4;
}

bool png_write(const char *path, const uint8_t *dots, int width, int height) {
    size_t row_bytes = 1 + ((size_t)width + 7) / 8, count = row_bytes * (size_t)height;
    uint8_t *rows = calloc(1, count), *stored = malloc(count + count / STORED_MAX * 5 + 16);
    FILE *file = fopen(path, "wb");
    bool written = rows && stored && file;
    if (written) {
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                if (!dots[(size_t)y * (size_t)width + (size_t)x])
                    rows[(size_t)y * row_bytes + 1 + (size_t)x / 8] |= (uint8_t)(0x80 >> x % 8);
        uint8_t head[13] = {[8] = 1}; /* one bit of grey */
        big_endian(head, (uint32_t)width);
        big_endian(head + 4, (uint32_t)height);
        written = fwrite("\x89PNG\r\n\x1a\n", 1, 8, file) == 8 &&
                  write_chunk(file, "IHDR", head, sizeof head) &&
                  write_chunk(file, "IDAT", stored, store(stored, rows, count)) &&
                  write_chunk(file, "IEND", head, 0);
    }
    if (file)
        written = fclose(file) == 0 && written;
    free(rows);
    free(stored);
    return written;
}
