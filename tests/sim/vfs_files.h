/* The files of the disk in memory and what a power cut does to them. Internal to vfs*.c. */
#ifndef HOPKIOSK_SIM_VFS_FILES_H
#define HOPKIOSK_SIM_VFS_FILES_H

#include <sqlite3.h>

#include "tests/sim/vfs.h"

#define SECTOR 512
#define FILES_MAX 8
#define NAME_SIZE 256
#define SHM_REGIONS_MAX 16

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

struct kept_file {
    char name[NAME_SIZE]; /* empty: none */
    struct image image;
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
    struct kept_file kept[FILES_MAX];
    struct stored_file held[FILES_MAX];
};

void *vfs_must(void *memory);
uint64_t vfs_random(struct vfs *vfs);
/* Counts an operation; false: the power is off, or fails with it. */
bool vfs_powered(struct vfs *vfs);
int64_t vfs_held(const struct vfs *vfs);

struct stored_file *vfs_find(struct vfs *vfs, const char *name);
struct stored_file *vfs_make(struct vfs *vfs, const char *name);
void vfs_remove(struct stored_file *file);
void vfs_free(struct stored_file *file); /* and its memory */
void vfs_drop_shm(struct stored_file *file);

/* Into what the program reads, and noted as not yet synced. */
void vfs_store(struct stored_file *file, const void *bytes, int64_t length, int64_t offset);
void vfs_cut_off(struct stored_file *file, int64_t size);
/* What was noted is durable now. */
void vfs_settle(struct stored_file *file);

#endif
