#include "tests/sim/vfs_files.h"

#include <stdlib.h>
#include <string.h>

#define RANDOM_START UINT64_C(0x9e3779b97f4a7c15)

void *vfs_must(void *memory) {
    if (!memory)
        abort();
    return memory;
}

uint64_t vfs_random(struct vfs *vfs) {
    uint64_t x = vfs->random;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return vfs->random = x;
}

static void image_make_room(struct image *image, int64_t size) {
    if (size > image->room) {
        int64_t room = image->room ? image->room : 65536;
        while (room < size)
            room *= 2;
        image->bytes = vfs_must(realloc(image->bytes, (size_t)room));
        image->room = room;
    }
}

static void image_size(struct image *image, int64_t size) {
    image_make_room(image, size);
    if (size > image->size)
        memset(image->bytes + image->size, 0, (size_t)(size - image->size));
    image->size = size;
}

static void image_write(struct image *image, const void *bytes, int64_t length, int64_t offset) {
    if (offset > image->size)
        image_size(image, offset);
    image_make_room(image, offset + length);
    memcpy(image->bytes + offset, bytes, (size_t)length);
    if (offset + length > image->size)
        image->size = offset + length;
}

static void image_copy(struct image *to, const struct image *from) {
    image_make_room(to, from->size);
    if (from->size > 0)
        memcpy(to->bytes, from->bytes, (size_t)from->size);
    to->size = from->size;
}

static void add_pending(struct stored_file *file, const void *bytes, int64_t length,
                        int64_t offset) {
    if (file->pending_count == file->pending_room) {
        file->pending_room = file->pending_room ? 2 * file->pending_room : 64;
        file->pending =
            vfs_must(realloc(file->pending, (size_t)file->pending_room * sizeof *file->pending));
    }
    struct pending *pending = &file->pending[file->pending_count++];
    *pending = (struct pending){offset, length, NULL};
    if (length > 0) {
        pending->bytes = vfs_must(malloc((size_t)length));
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
        if (vfs_random(vfs) & 1)
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
        int j = (int)(vfs_random(vfs) % (uint64_t)(i + 1));
        struct pending kept = file->pending[i];
        file->pending[i] = file->pending[j];
        file->pending[j] = kept;
    }
}

static void suffer(struct vfs *vfs, struct stored_file *file, enum vfs_loss loss) {
    if (loss == VFS_LOSE_SOME || loss == VFS_TEAR)
        shuffle(vfs, file);
    for (int i = 0; i < file->pending_count; i++)
        if (loss == VFS_LOSE_NONE || (loss == VFS_LOSE_SOME && (vfs_random(vfs) & 1)))
            apply(file, &file->pending[i]);
        else if (loss == VFS_TEAR)
            apply_torn(vfs, file, &file->pending[i]);
    forget_pending(file);
    image_copy(&file->live, &file->durable);
}

void vfs_drop_shm(struct stored_file *file) {
    for (int i = 0; i < SHM_REGIONS_MAX; i++) {
        free(file->shm[i]);
        file->shm[i] = NULL;
    }
}

void vfs_remove(struct stored_file *file) {
    forget_pending(file);
    vfs_drop_shm(file);
    file->used = false;
    file->live.size = file->durable.size = 0;
}

void vfs_free(struct stored_file *file) {
    vfs_remove(file);
    free(file->live.bytes);
    free(file->durable.bytes);
    free(file->pending);
}

struct stored_file *vfs_find(struct vfs *vfs, const char *name) {
    for (int i = 0; i < FILES_MAX; i++)
        if (vfs->files[i].used && !strcmp(vfs->files[i].name, name))
            return &vfs->files[i];
    return NULL;
}

struct stored_file *vfs_make(struct vfs *vfs, const char *name) {
    for (int i = 0; i < FILES_MAX; i++)
        if (!vfs->files[i].used && strlen(name) < NAME_SIZE) {
            strcpy(vfs->files[i].name, name);
            vfs->files[i].used = true;
            return &vfs->files[i];
        }
    return NULL;
}

bool vfs_powered(struct vfs *vfs) {
    if (vfs->cut)
        return false;
    vfs->counts.operations++;
    if (vfs->cut_after > 0 && --vfs->cut_after == 0)
        vfs->cut = true;
    return !vfs->cut;
}

int64_t vfs_held(const struct vfs *vfs) {
    int64_t bytes = 0;
    for (int i = 0; i < FILES_MAX; i++)
        bytes += vfs->files[i].used ? vfs->files[i].live.size : 0;
    return bytes;
}

void vfs_store(struct stored_file *file, const void *bytes, int64_t length, int64_t offset) {
    image_write(&file->live, bytes, length, offset);
    add_pending(file, bytes, length, offset);
}

void vfs_cut_off(struct stored_file *file, int64_t size) {
    if (size >= file->live.size)
        return;
    image_size(&file->live, size);
    add_pending(file, NULL, -1, size);
}

void vfs_settle(struct stored_file *file) {
    for (int i = 0; i < file->pending_count; i++)
        apply(file, &file->pending[i]);
    forget_pending(file);
}

void vfs_reset(struct vfs *vfs, uint64_t seed) {
    for (int i = 0; i < FILES_MAX; i++)
        vfs_remove(&vfs->files[i]);
    vfs->random = RANDOM_START ^ seed * UINT64_C(0xd1342543de82ef95);
    if (vfs->random == 0)
        vfs->random = RANDOM_START;
    vfs->cut = false;
    vfs->cut_after = vfs->limit = 0;
    vfs->failing_syncs = 0;
    vfs->counts = (struct vfs_counts){0};
}

void vfs_keep(struct vfs *vfs) {
    for (int i = 0; i < FILES_MAX; i++) {
        struct stored_file *file = &vfs->files[i];
        vfs_settle(file);
        strcpy(vfs->kept[i].name, file->used ? file->name : "");
        image_copy(&vfs->kept[i].image, &file->live);
    }
}

void vfs_recall(struct vfs *vfs, uint64_t seed) {
    vfs_reset(vfs, seed);
    for (int i = 0; i < FILES_MAX; i++) {
        struct stored_file *file = &vfs->files[i];
        file->used = vfs->kept[i].name[0] != '\0';
        strcpy(file->name, vfs->kept[i].name);
        image_copy(&file->live, &vfs->kept[i].image);
        image_copy(&file->durable, &vfs->kept[i].image);
    }
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
            vfs_drop_shm(&vfs->files[i]);
        }
    vfs->cut = false;
    vfs->cut_after = 0;
}

static void copy_file(struct stored_file *to, const struct stored_file *from) {
    vfs_remove(to);
    memcpy(to->name, from->name, sizeof to->name);
    to->used = from->used;
    image_copy(&to->live, &from->live);
    image_copy(&to->durable, &from->durable);
    for (int i = 0; i < from->pending_count; i++)
        add_pending(to, from->pending[i].bytes, from->pending[i].length, from->pending[i].offset);
}

void vfs_hold(struct vfs *vfs) {
    for (int i = 0; i < FILES_MAX; i++)
        copy_file(&vfs->held[i], &vfs->files[i]);
}

void vfs_again(struct vfs *vfs, uint64_t seed) {
    vfs_reset(vfs, seed);
    for (int i = 0; i < FILES_MAX; i++)
        copy_file(&vfs->files[i], &vfs->held[i]);
    vfs->cut = true;
}

int vfs_unsynced(const struct vfs *vfs) {
    int count = 0;
    for (int i = 0; i < FILES_MAX; i++)
        count += vfs->files[i].pending_count;
    return count;
}

void vfs_limit(struct vfs *vfs, int64_t bytes) {
    vfs->limit = bytes;
}

void vfs_fail_syncs(struct vfs *vfs, int count) {
    vfs->failing_syncs = count;
}

struct vfs_counts vfs_counts(const struct vfs *vfs) {
    struct vfs_counts counts = vfs->counts;
    counts.bytes_held = vfs_held(vfs);
    return counts;
}
