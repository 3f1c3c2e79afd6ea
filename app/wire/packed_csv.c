#include "app/wire/packed_csv.h"

#include <openssl/evp.h>
#include <string.h>
#include <strings.h>
#include <zip.h>

#include "app/base/log.h"
#include "app/wire/hex.h"

#define SHA1_BYTES 20
#define CHUNK 65536

static bool has_digest(const void *bytes, size_t length, const char *digest) {
    unsigned char made[EVP_MAX_MD_SIZE], wanted[SHA1_BYTES];
    unsigned made_length = 0;
    ENSURE(EVP_Digest(bytes, length, made, &made_length, EVP_sha1(), NULL) == 1);
    return hex_read(digest, wanted, sizeof wanted) && memcmp(made, wanted, sizeof wanted) == 0;
}

static bool is_plain_csv_name(const char *name) {
    size_t length = strlen(name);
    return length > 4 && strcasecmp(name + length - 4, ".csv") == 0 && name[0] != '.' &&
           strpbrk(name, "/\\:") == NULL;
}

static const char *what_is_wrong_with(const struct zip_stat *entry) {
    const zip_uint64_t needed =
        ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if ((entry->valid & needed) != needed)
        return "the file's entry is not whole";
    if (!is_plain_csv_name(entry->name))
        return "the file's name is no plain name of a CSV";
    if (entry->encryption_method != ZIP_EM_NONE)
        return "the file is encrypted";
    if (entry->comp_method != ZIP_CM_STORE && entry->comp_method != ZIP_CM_DEFLATE)
        return "the file is compressed in an unknown way";
    return entry->size > PACKED_CSV_MAX ? "the file is too large" : NULL;
}

/* What an entry says of its size is within the limit, but is not believed: what comes is counted.
 */
static const char *copy_entry(struct zip_file *file, zip_uint64_t size, FILE *out) {
    static const char zip_begin[] = "PK\003\004";
    char chunk[CHUNK];
    zip_uint64_t total = 0;
    zip_int64_t got;
    while ((got = zip_fread(file, chunk, sizeof chunk)) > 0) {
        if (total == 0 && got >= 4 && memcmp(chunk, zip_begin, 4) == 0)
            return "the file is a ZIP in a ZIP";
        total += (zip_uint64_t)got;
        if (total > size)
            return "the file is larger than it says";
        if (fwrite(chunk, 1, (size_t)got, out) != (size_t)got)
            return "the file cannot be written";
    }
    return got < 0 ? "the file is damaged" : NULL;
}

static const char *unpack_one(struct zip *archive, FILE *out) {
    struct zip_stat entry;
    if (zip_get_num_entries(archive, 0) != 1)
        return "the ZIP holds not one file";
    if (zip_stat_index(archive, 0, 0, &entry) != 0)
        return "the file's entry is not whole";
    const char *wrong = what_is_wrong_with(&entry);
    struct zip_file *file = wrong == NULL ? zip_fopen_index(archive, 0, 0) : NULL;
    if (wrong != NULL)
        return wrong;
    if (file == NULL)
        return "the file is damaged";
    wrong = copy_entry(file, entry.size, out);
    if (zip_fclose(file) != 0 && wrong == NULL)
        wrong = "the file is damaged";
    return wrong;
}

const char *packed_csv_unpack(const void *bytes, size_t length, const char *digest, FILE *out) {
    if (digest != NULL && !has_digest(bytes, length, digest))
        return "the digest is another: the file was damaged or changed on its way";
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes, length, 0, &error);
    ENSURE(source != NULL);
    struct zip *archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    zip_error_fini(&error);
    if (archive == NULL) {
        zip_source_free(source);
        return "the file is no ZIP";
    }
    const char *wrong = unpack_one(archive, out);
    zip_discard(archive);
    return wrong;
}
