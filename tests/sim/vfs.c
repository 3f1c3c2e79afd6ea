/* What SQLite calls. */
#include "tests/sim/vfs_files.h"

#include <stdlib.h>
#include <string.h>

struct handle {
    sqlite3_file base;
    struct vfs *vfs;
    struct stored_file *file;
    bool delete_on_close;
};

static int on_close(sqlite3_file *base) {
    struct handle *handle = (struct handle *)base;
    if (handle->delete_on_close)
        vfs_remove(handle->file);
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
    if (!vfs_powered(vfs))
        return SQLITE_IOERR_WRITE;
    if (vfs->limit > 0 && growth > 0 && vfs_held(vfs) + growth > vfs->limit)
        return SQLITE_FULL;
    vfs_store(handle->file, bytes, amount, offset);
    vfs->counts.writes++;
    vfs->counts.bytes_written += amount;
    return SQLITE_OK;
}

static int on_truncate(sqlite3_file *base, sqlite3_int64 size) {
    struct handle *handle = (struct handle *)base;
    if (!vfs_powered(handle->vfs))
        return SQLITE_IOERR_TRUNCATE;
    vfs_cut_off(handle->file, size);
    return SQLITE_OK;
}

static int on_sync(sqlite3_file *base, int flags) {
    struct handle *handle = (struct handle *)base;
    struct vfs *vfs = handle->vfs;
    (void)flags;
    if (!vfs_powered(vfs))
        return SQLITE_IOERR_FSYNC;
    if (vfs->failing_syncs > 0) {
        vfs->failing_syncs--;
        return SQLITE_IOERR_FSYNC;
    }
    vfs_settle(handle->file);
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
        file->shm[region] = vfs_must(calloc(1, (size_t)size));
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
    vfs_drop_shm(((struct handle *)base)->file);
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
    struct stored_file *file = name ? vfs_find(vfs, name) : NULL;
    if (!file && (flags & SQLITE_OPEN_CREATE))
        file = vfs_make(vfs, name ? name : "temporary");
    if (!file)
        return SQLITE_CANTOPEN;
    *handle = (struct handle){{&methods}, vfs, file, (flags & SQLITE_OPEN_DELETEONCLOSE) != 0};
    if (flags_out)
        *flags_out = flags;
    return SQLITE_OK;
}

static int on_delete(sqlite3_vfs *base, const char *name, int sync_folder) {
    struct vfs *vfs = (struct vfs *)base;
    struct stored_file *file = vfs_find(vfs, name);
    (void)sync_folder;
    if (!vfs_powered(vfs))
        return SQLITE_IOERR_DELETE;
    if (!file)
        return SQLITE_IOERR_DELETE_NOENT;
    vfs_remove(file);
    return SQLITE_OK;
}

static int on_access(sqlite3_vfs *base, const char *name, int flags, int *out) {
    (void)flags;
    *out = vfs_find((struct vfs *)base, name) != NULL;
    return SQLITE_OK;
}

static int on_full_pathname(sqlite3_vfs *base, const char *name, int size, char *out) {
    (void)base;
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

static int on_randomness(sqlite3_vfs *base, int size, char *out) {
    for (int i = 0; i < size; i++)
        out[i] = (char)vfs_random((struct vfs *)base);
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
    struct vfs *vfs = vfs_must(calloc(1, sizeof *vfs));
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

void vfs_destroy(struct vfs *vfs) {
    sqlite3_vfs_unregister(&vfs->base);
    for (int i = 0; i < FILES_MAX; i++) {
        vfs_free(&vfs->files[i]);
        vfs_free(&vfs->held[i]);
        free(vfs->kept[i].image.bytes);
    }
    free(vfs);
}
