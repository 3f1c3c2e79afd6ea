/* A trade file is foreign: it is unpacked only when it is what it says it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>
#include <zip.h>

#include "app/wire/packed_csv.h"

#define CSV "#医保服务平台对账文件\n`2022-04-24 12:00:00,`14.01\n"

struct packed {
    unsigned char *bytes;
    size_t length;
    char digest[41];
};

static void digest_packed(struct packed *packed) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    EVP_Digest(packed->bytes, packed->length, digest, &length, EVP_sha1(), NULL);
    for (unsigned i = 0; i < 20; i++)
        snprintf(packed->digest + 2 * i, 3, "%02x", digest[i]);
}

/* The archive that a source has become. */
static struct packed close_packed(struct zip *archive, zip_source_t *source) {
    struct packed packed = {0};
    zip_stat_t stat;
    zip_source_keep(source);
    assert_int_equal(zip_close(archive), 0);
    assert_int_equal(zip_source_stat(source, &stat), 0);
    packed.bytes = malloc(stat.size);
    packed.length = stat.size;
    assert_int_equal(zip_source_open(source), 0);
    assert_int_equal(zip_source_read(source, packed.bytes, stat.size), (zip_int64_t)stat.size);
    zip_source_close(source);
    zip_source_free(source);
    digest_packed(&packed);
    return packed;
}

static struct zip *open_packed(zip_source_t **source) {
    zip_error_t error;
    zip_error_init(&error);
    *source = zip_source_buffer_create(NULL, 0, 0, &error);
    struct zip *archive = zip_open_from_source(*source, ZIP_CREATE | ZIP_TRUNCATE, &error);
    assert_non_null(archive);
    return archive;
}

static void add_file(struct zip *archive, const char *name, const void *bytes, size_t length) {
    zip_source_t *file = zip_source_buffer(archive, bytes, length, 0);
    assert_true(zip_file_add(archive, name, file, ZIP_FL_ENC_UTF_8) >= 0);
}

static struct packed pack(const char *name, const void *bytes, size_t length) {
    zip_source_t *source;
    struct zip *archive = open_packed(&source);
    add_file(archive, name, bytes, length);
    return close_packed(archive, source);
}

static const char *unpack(const struct packed *packed, char **text, size_t *length) {
    FILE *out = open_memstream(text, length);
    const char *wrong = packed_csv_unpack(packed->bytes, packed->length, packed->digest, out);
    fclose(out);
    return wrong;
}

static void refuses_packed(struct packed packed, const char *why) {
    char *text = NULL;
    size_t length = 0;
    const char *wrong = unpack(&packed, &text, &length);
    if (wrong == NULL || strstr(wrong, why) == NULL)
        fail_msg("%s instead of %s", wrong == NULL ? "unpacked" : wrong, why);
    free(text);
    free(packed.bytes);
}

static void one_csv_is_unpacked_as_it_is(void **state) {
    (void)state;
    struct packed packed = pack("H46__2022-04-24_ALL.csv", CSV, strlen(CSV));
    char *text = NULL;
    size_t length = 0;
    assert_null(unpack(&packed, &text, &length));
    assert_string_equal(text, CSV);
    free(text);
    free(packed.bytes);
}

static void another_digest_is_refused_before_anything_is_opened(void **state) {
    (void)state;
    struct packed packed = pack("a.csv", CSV, strlen(CSV));
    packed.digest[0] = packed.digest[0] == '0' ? '1' : '0';
    refuses_packed(packed, "digest");
    packed = pack("a.csv", CSV, strlen(CSV));
    packed.digest[39] = '\0';
    refuses_packed(packed, "digest");
}

/* With the digest that it has then: the portal itself was cut short. */
static void what_is_cut_or_changed_is_refused(void **state) {
    (void)state;
    struct packed whole = pack("a.csv", CSV, strlen(CSV));
    for (size_t length = 0; length < whole.length; length++) {
        struct packed cut = {malloc(length + 1), length, ""};
        memcpy(cut.bytes, whole.bytes, length);
        digest_packed(&cut);
        refuses_packed(cut, "");
    }
    free(whole.bytes);
    struct packed stored = pack("a.csv", CSV, strlen(CSV));
    stored.bytes[40] ^= 1; /* in the compressed bytes: the checksum finds it */
    digest_packed(&stored);
    refuses_packed(stored, "");
}

static void a_path_or_another_kind_of_name_is_refused(void **state) {
    (void)state;
    static const char *const names[] = {"../a.csv",      "/etc/a.csv", "x/a.csv", "..\\a.csv",
                                        "C:\\a.csv",     ".a.csv",     "a.exe",   ".csv",
                                        "a.csv/../b.sh", "a.csv/"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        refuses_packed(pack(names[i], CSV, strlen(CSV)), "name");
}

static void a_zip_in_a_zip_is_refused(void **state) {
    (void)state;
    struct packed inner = pack("a.csv", CSV, strlen(CSV));
    refuses_packed(pack("b.csv", inner.bytes, inner.length), "ZIP in a ZIP");
    refuses_packed(pack("b.zip", inner.bytes, inner.length), "name");
    free(inner.bytes);
}

static void two_files_or_none_are_refused(void **state) {
    (void)state;
    zip_source_t *source;
    struct zip *archive = open_packed(&source);
    add_file(archive, "a.csv", CSV, strlen(CSV));
    add_file(archive, "b.csv", CSV, strlen(CSV));
    refuses_packed(close_packed(archive, source), "not one file");
    /* an archive of nothing: its end record alone */
    struct packed empty = {calloc(1, 22), 22, ""};
    memcpy(empty.bytes, "PK\005\006", 4);
    digest_packed(&empty);
    refuses_packed(empty, "");
}

static zip_int64_t give_zeros(void *state, void *data, zip_uint64_t length, zip_source_cmd_t cmd) {
    zip_uint64_t *left = state;
    zip_stat_t *stat = data;
    switch (cmd) {
    case ZIP_SOURCE_READ:
        length = length < *left ? length : *left;
        memset(data, 0, length);
        *left -= length;
        return (zip_int64_t)length;
    case ZIP_SOURCE_STAT:
        zip_stat_init(stat);
        stat->size = *left;
        stat->valid = ZIP_STAT_SIZE;
        return sizeof *stat;
    case ZIP_SOURCE_SUPPORTS:
        return ZIP_SOURCE_SUPPORTS_READABLE;
    default:
        return 0;
    }
}

/* A kilobyte for each megabyte of zeros, and a size that is a lie. */
static void a_bomb_stops_at_the_limit(void **state) {
    (void)state;
    zip_uint64_t left = PACKED_CSV_MAX + 1;
    zip_source_t *source;
    struct zip *archive = open_packed(&source);
    zip_source_t *zeros = zip_source_function(archive, give_zeros, &left);
    zip_int64_t index = zip_file_add(archive, "a.csv", zeros, 0);
    zip_set_file_compression(archive, (zip_uint64_t)index, ZIP_CM_DEFLATE, 1);
    struct packed bomb = close_packed(archive, source);
    struct packed lie = {malloc(bomb.length), bomb.length, ""};
    memcpy(lie.bytes, bomb.bytes, bomb.length);
    refuses_packed(bomb, "too large");
    static const unsigned char small[4] = {16, 0, 0, 0}; /* little endian */
    memcpy(lie.bytes + 22, small, 4);
    for (size_t at = lie.length - 46; at > 0; at--)
        if (memcmp(lie.bytes + at, "PK\001\002", 4) == 0) {
            memcpy(lie.bytes + at + 24, small, 4);
            break;
        }
    digest_packed(&lie);
    char *text = NULL;
    size_t length = 0;
    assert_non_null(unpack(&lie, &text, &length));
    assert_true(length <= 70000);
    free(text);
    free(lie.bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_csv_is_unpacked_as_it_is),
        cmocka_unit_test(another_digest_is_refused_before_anything_is_opened),
        cmocka_unit_test(what_is_cut_or_changed_is_refused),
        cmocka_unit_test(a_path_or_another_kind_of_name_is_refused),
        cmocka_unit_test(a_zip_in_a_zip_is_refused),
        cmocka_unit_test(two_files_or_none_are_refused),
        cmocka_unit_test(a_bomb_stops_at_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
