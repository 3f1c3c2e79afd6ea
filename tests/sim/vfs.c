#include "tests/sim/vfs.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define SECTOR 512
#define FILES_MAX 8
#define NAME_SIZE 256
#define SHM_REGIONS_MAX 16
#define RANDOM_START UINT64_C(0x9e3779b97f4a7c15)

/* A growing run of bytes; what lies beyond its end reads as zero. */
struct image {
    uint8_t *bytes;
    int64_t size, room;
};

/* One write or truncation (length < 0) that no sync has covered yet. */
struct pending {
    int64_t offset, length;
    uint8_t *bytes;
};

struct stored_file {
    char name[NAME_SIZE];
    bool used;
    struct image live;    /* what the running program reads */
    struct image durable; /* what a power cut cannot take */
    struct pending *pending;
    int pending_count, pending_room;
    void *shm[SHM_REGIONS_MAX];
};

struct vfs {
    sqlite3_vfs base;
    char name[64];
    uint64_t random;
    struct stored_file files[FILES_MAX];
    bool cut;
    int64_t cut_after, limit;
    int failing_syncs;
    struct vfs_counts counts;
};

struct handle {
    sqlite3_file base;
    struct vfs *vfs;
    struct stored_file *file;
    bool delete_on_close;
};

static void *must(void *memory) {
    if (!memory)
        abort();
    return memory;
}

static uint64_t next_random(struct vfs *vfs) {
    uint64_t x = vfs->random;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return vfs->random = x;
}

static void image_size(struct image *image, int64_t size) {
    if (size > image->room) {
        int64_t room = image->room ? image->room : 65536;
        while (room < size)
            room *= 2;
        image->bytes = must(realloc(image->bytes, (size_t)room));
        image->room = room;
    }
    if (size > image->size)
        memset(image->bytes + image->size, 0, (size_t)(size - image->size));
    image->size = size;
}

static void image_write(struct image *image, const void *bytes, int64_t length, int64_t offset) {
    if (offset + length > image->size)
        image_size(image, offset + length);
    memcpy(image->bytes + offset, bytes, (size_t)length);
}

static void image_copy(struct image *to, const struct image *from) {
    image_size(to, from->size);
    if (from->size > 0)
        memcpy(to->bytes, from->bytes, (size_t)from->size);
}

static void add_pending(struct stored_file *file, const void *bytes, int64_t length,
                        int64_t offset) {
    if (file->pending_count == file->pending_room) {
        file->pending_room = file->pending_room ? 2 * file->pending_room : 64;
        file->pending =
            must(realloc(file->pending, (size_t)file->pending_room * sizeof *file->pending));
    }
    struct pending *pending = &file->pending[file->pending_count++];
    *pending = (struct pending){offset, length, NULL};
    if (length > 0) {
        pending->bytes = must(malloc((size_t)length));
        memcpy(pending->bytes, bytes, (size_t)length);
    }
}

static void apply(struct stored_file *file, const struct pending *pending) {
    if (pending->length < 0)
        image_size(&file->durable, pending->offset);
    else
        image_write(&file->durable, pending->bytes, pending->length, pending->offset);
}

static void apply_torn(struct vfs *vfs, struct stored_file *file, const struct pending *pending) {
    for (int64_t at = 0; at < pending->length;) {
        int64_t end = (pending->offset + at) / SECTOR * SECTOR + SECTOR - pending->offset;
        if (end > pending->length)
            end = pending->length;
        if (next_random(vfs) & 1)
            image_write(&file->durable, pending->bytes + at, end - at, pending->offset + at);
        at = end;
    }
}

static void forget_pending(struct stored_file *file) {
    for (int i = 0; i < file->pending_count; i++)
        free(file->pending[i].bytes);
    file->pending_count = 0;
}

static void shuffle(struct vfs *vfs, struct stored_file *file) {
    for (int i = file->pending_count - 1; i > 0; i--) {
        int j = (int)(next_random(vfs) % (uint64_t)(i + 1));
        struct pending kept = file->pending[i];
        file->pending[i] = file->pending[j];
        file->pending[j] = kept;
    }
}

static void suffer(struct vfs *vfs, struct stored_file *file, enum vfs_loss loss) {
    if (loss == VFS_LOSE_SOME || loss == VFS_TEAR)
        shuffle(vfs, file);
    for (int i = 0; i < file->pending_count; i++) {
        if (loss == VFS_LOSE_NONE || (loss == VFS_LOSE_SOME && (next_random(vfs) & 1)))
            apply(file, &file->pending[i]);
        else if (loss == VFS_TEAR)
            apply_torn(vfs, file, &file->pending[i]);
    }
    forget_pending(file);
    image_copy(&file->live, &file->durable);
}

static void drop_shm(struct stored_file *file) {
    for (int i = 0; i < SHM_REGIONS_MAX; i++) {
        free(file->shm[i]);
        file->shm[i] = NULL;
    }
}

static void remove_file(struct stored_file *file) {
    forget_pending(file);
    drop_shm(file);
    file->used = false;
    file->live.size = file->durable.size = 0;
}

static struct stored_file *find(struct vfs *vfs, const char *name) {
    for (int i = 0; i < FILES_MAX; i++)
        if (vfs->files[i].used && !strcmp(vfs->files[i].name, name))
            return &vfs->files[i];
    return NULL;
}

static struct stored_file *make(struct vfs *vfs, const char *name) {
    for (int i = 0; i < FILES_MAX; i++)
        if (!vfs->files[i].used && strlen(name) < NAME_SIZE) {
            strcpy(vfs->files[i].name, name);
            vfs->files[i].used = true;
            return &vfs->files[i];
        }
    return NULL;
}

/* Counts an operation; false: the power is off, or fails with it. */
static bool powered(struct vfs *vfs) {
    if (vfs->cut)
        return false;
    vfs->counts.operations++;
    if (vfs->cut_after > 0 && --vfs->cut_after == 0)
        vfs->cut = true;
    return !vfs->cut;
}

static int64_t held(const struct vfs *vfs) {
    int64_t bytes = 0;
    for (int i = 0; i < FILES_MAX; i++)
        bytes += vfs->files[i].used ? vfs->files[i].live.size : 0;
    return bytes;
}

static int on_close(sqlite3_file *base) {
    struct handle *handle = (struct handle *)base;
    if (handle->delete_on_close)
        remove_file(handle->file);
    return SQLITE_OK;
}

static int on_read(sqlite3_file *base, void *out, int amount, sqlite3_int64 offset) {
    struct handle *handle = (struct handle *)base;
    const struct image *live = &handle->file->live;
    if (handle->vfs->cut)
        return SQLITE_IOERR_READ;
    int64_t there = live->size - offset;
    there = there < 0 ? 0 : there > amount ? amount : there;
    if (there > 0)
        memcpy(out, live->bytes + offset, (size_t)there);
    memset((char *)out + there, 0, (size_t)(amount - there));
    return there == amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int on_write(sqlite3_file *base, const void *bytes, int amount, sqlite3_int64 offset) {
    struct handle *handle = (struct handle *)base;
    struct vfs *vfs = handle->vfs;
    int64_t growth = offset + amount - handle->file->live.size;
    if (!powered(vfs))
        return SQLITE_IOERR_WRITE;
    if (vfs->limit > 0 && growth > 0 && held(vfs) + growth > vfs->limit)
        return SQLITE_FULL;
    image_write(&handle->file->live, bytes, amount, offset);
    add_pending(handle->file, bytes, amount, offset);
    vfs->counts.writes++;
    vfs->counts.bytes_written += amount;
    return SQLITE_OK;
}

static int on_truncate(sqlite3_file *base, sqlite3_int64 size) {
    struct handle *handle = (struct handle *)base;
    if (!powered(handle->vfs))
        return SQLITE_IOERR_TRUNCATE;
    if (size < handle->file->live.size) {
        image_size(&handle->file->live, size);
        add_pending(handle->file, NULL, -1, size);
    }
    return SQLITE_OK;
}

static int on_sync(sqlite3_file *base, int flags) {
    struct handle *handle = (struct handle *)base;
    struct vfs *vfs = handle->vfs;
    (void)flags;
    if (!powered(vfs))
        return SQLITE_IOERR_FSYNC;
    if (vfs->failing_syncs > 0) {
        vfs->failing_syncs--;
        return SQLITE_IOERR_FSYNC;
    }
    for (int i = 0; i < handle->file->pending_count; i++)
        apply(handle->file, &handle->file->pending[i]);
    forget_pending(handle->file);
    vfs->counts.syncs++;
    return SQLITE_OK;
}

static int on_size(sqlite3_file *base, sqlite3_int64 *out) {
    *out = ((struct handle *)base)->file->live.size;
    return SQLITE_OK;
}

static int on_lock(sqlite3_file *base, int level) {
    (void)base, (void)level;
    return SQLITE_OK;
}

static int on_check_lock(sqlite3_file *base, int *out) {
    (void)base;
    *out = 0;
    return SQLITE_OK;
}

static int on_control(sqlite3_file *base, int operation, void *argument) {
    (void)base, (void)operation, (void)argument;
    return SQLITE_NOTFOUND;
}

static int on_sector_size(sqlite3_file *base) {
    (void)base;
    return SECTOR;
}

static int on_characteristics(sqlite3_file *base) {
    (void)base;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int on_shm_map(sqlite3_file *base, int region, int size, int extend, void volatile **out) {
    struct stored_file *file = ((struct handle *)base)->file;
    if (region >= SHM_REGIONS_MAX)
        return SQLITE_NOMEM;
    if (!file->shm[region] && extend)
        file->shm[region] = must(calloc(1, (size_t)size));
    *out = file->shm[region];
    return SQLITE_OK;
}

static int on_shm_lock(sqlite3_file *base, int offset, int count, int flags) {
    (void)base, (void)offset, (void)count, (void)flags;
    return SQLITE_OK;
}

static void on_shm_barrier(sqlite3_file *base) {
    (void)base;
}

static int on_shm_unmap(sqlite3_file *base, int delete_it) {
    (void)delete_it;
    drop_shm(((struct handle *)base)->file);
    return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = on_close,
    .xRead = on_read,
    .xWrite = on_write,
    .xTruncate = on_truncate,
    .xSync = on_sync,
    .xFileSize = on_size,
    .xLock = on_lock,
    .xUnlock = on_lock,
    .xCheckReservedLock = on_check_lock,
    .xFileControl = on_control,
    .xSectorSize = on_sector_size,
    .xDeviceCharacteristics = on_characteristics,
    .xShmMap = on_shm_map,
    .xShmLock = on_shm_lock,
    .xShmBarrier = on_shm_barrier,
    .xShmUnmap = on_shm_unmap,
};

static int on_open(sqlite3_vfs *base, const char *name, sqlite3_file *out, int flags,
                   int *flags_out) {
    struct vfs *vfs = (struct vfs *)base;
    struct handle *handle = (struct handle *)out;
    memset(handle, 0, sizeof *handle);
    if (vfs->cut)
        return SQLITE_IOERR;
    struct stored_file *file = name ? find(vfs, name) : NULL;
    if (!file && (flags & SQLITE_OPEN_CREATE))
        file = make(vfs, name ? name : "temporary");
    if (!file)
        return SQLITE_CANTOPEN;
    *handle = (struct handle){{&methods}, vfs, file, (flags & SQLITE_OPEN_DELETEONCLOSE) != 0};
    if (flags_out)
        *flags_out = flags;
    return SQLITE_OK;
}

static int on_delete(sqlite3_vfs *base, const char *name, int sync_folder) {
    struct vfs *vfs = (struct vfs *)base;
    struct stored_file *file = find(vfs, name);
    (void)sync_folder;
    if (!powered(vfs))
        return SQLITE_IOERR_DELETE;
    if (!file)
        return SQLITE_IOERR_DELETE_NOENT;
    remove_file(file);
    return SQLITE_OK;
}

static int on_access(sqlite3_vfs *base, const char *name, int flags, int *out) {
    (void)flags;
    *out = find((struct vfs *)base, name) != NULL;
    return SQLITE_OK;
}

static int on_full_pathname(sqlite3_vfs *base, const char *name, int size, char *out) {
    (void)base;
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

static int on_randomness(sqlite3_vfs *base, int size, char *out) {
    for (int i = 0; i < size; i++)
        out[i] = (char)next_random((struct vfs *)base);
    return size;
}

static int on_sleep(sqlite3_vfs *base, int microseconds) {
    (void)base;
    return microseconds;
}

static int on_time(sqlite3_vfs *base, double *out) {
    (void)base;
    *out = 2461000.5;
    return SQLITE_OK;
}

static int on_last_error(sqlite3_vfs *base, int size, char *out) {
    (void)base, (void)size, (void)out;
    return 0;
}

struct vfs *vfs_create(const char *name, uint64_t seed) {
    struct vfs *vfs = must(calloc(1, sizeof *vfs));
    sqlite3_snprintf(sizeof vfs->name, vfs->name, "%s", name);
    vfs->base = (sqlite3_vfs){.iVersion = 1,
                              .szOsFile = sizeof(struct handle),
                              .mxPathname = NAME_SIZE,
                              .zName = vfs->name,
                              .xOpen = on_open,
                              .xDelete = on_delete,
                              .xAccess = on_access,
                              .xFullPathname = on_full_pathname,
                              .xRandomness = on_randomness,
                              .xSleep = on_sleep,
                              .xCurrentTime = on_time,
                              .xGetLastError = on_last_error};
    vfs_reset(vfs, seed);
    if (sqlite3_vfs_register(&vfs->base, 0) != SQLITE_OK)
        abort();
    return vfs;
}

void vfs_reset(struct vfs *vfs, uint64_t seed) {
    for (int i = 0; i < FILES_MAX; i++)
        remove_file(&vfs->files[i]);
    vfs->random = RANDOM_START ^ seed * UINT64_C(0xd1342543de82ef95);
    if (vfs->random == 0)
        vfs->random = RANDOM_START;
    vfs->cut = false;
    vfs->cut_after = vfs->limit = 0;
    vfs->failing_syncs = 0;
    vfs->counts = (struct vfs_counts){0};
}

void vfs_destroy(struct vfs *vfs) {
    sqlite3_vfs_unregister(&vfs->base);
    for (int i = 0; i < FILES_MAX; i++) {
        remove_file(&vfs->files[i]);
        free(vfs->files[i].live.bytes);
        free(vfs->files[i].durable.bytes);
        free(vfs->files[i].pending);
    }
    free(vfs);
}

void vfs_cut_after(struct vfs *vfs, int64_t operations) {
    vfs->cut_after = operations;
}

void vfs_cut(struct vfs *vfs) {
    vfs->cut = true;
}

bool vfs_is_cut(const struct vfs *vfs) {
    return vfs->cut;
}

void vfs_restore(struct vfs *vfs, enum vfs_loss loss) {
    for (int i = 0; i < FILES_MAX; i++)
        if (vfs->files[i].used) {
            suffer(vfs, &vfs->files[i], loss);
            drop_shm(&vfs->files[i]);
        }
    vfs->cut = false;
    vfs->cut_after = 0;
}

void vfs_limit(struct vfs *vfs, int64_t bytes) {
    vfs->limit = bytes;
}

void vfs_fail_syncs(struct vfs *vfs, int count) {
    vfs->failing_syncs = count;
}

struct vfs_counts vfs_counts(const struct vfs *vfs) {
    struct vfs_counts counts = vfs->counts;
    counts.bytes_held = held(vfs);
    return counts;
}
