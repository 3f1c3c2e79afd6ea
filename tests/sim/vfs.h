/* A disk in memory for SQLite that can be cut off at any write or sync and then keeps only what a
 * real disk may keep: everything synced, and of the rest any part, whole or torn into sectors, in
 * any order. The same seed gives the same disk. One connection at a time, one thread. Making and
 * removing a file is durable at once (SQLite syncs the folder itself). */
#ifndef HOPKIOSK_SIM_VFS_H
#define HOPKIOSK_SIM_VFS_H

#include <stdbool.h>
#include <stdint.h>

struct vfs;

/* What a power cut leaves of the writes since the last sync. */
enum vfs_loss {
    VFS_LOSE_ALL = 0,
    VFS_LOSE_NONE, /* the program died, the machine did not */
    VFS_LOSE_SOME, /* any of them, in any order */
    VFS_TEAR       /* any sectors of any of them */
};

/* Registered with SQLite under `name`. */
struct vfs *vfs_create(const char *name, uint64_t seed);
void vfs_destroy(struct vfs *vfs);
/* All files gone, as new with this seed: cheaper than a new one. */
void vfs_reset(struct vfs *vfs, uint64_t seed);
/* Remembers the disk as it is, all of it synced; vfs_recall makes it so again, whatever was since,
 * and goes on with this seed. */
void vfs_keep(struct vfs *vfs);
void vfs_recall(struct vfs *vfs, uint64_t seed);

/* Power fails at the n-th write or sync from now (1: the next one; a sync that fails did nothing;
 * 0: never). From then on everything fails until vfs_restore. */
void vfs_cut_after(struct vfs *vfs, int64_t operations);
void vfs_cut(struct vfs *vfs);
bool vfs_is_cut(const struct vfs *vfs);
/* Power is back; what was not synced suffers `loss`. Every connection must be closed by then. */
void vfs_restore(struct vfs *vfs, enum vfs_loss loss);

/* Remembers a disk whose power has failed before it suffers a loss, so that several can be tried of
 * the same work: vfs_again makes it so again and goes on with this seed. */
void vfs_hold(struct vfs *vfs);
void vfs_again(struct vfs *vfs, uint64_t seed);
/* The writes that a loss may take: without any, all losses leave the same disk. */
int vfs_unsynced(const struct vfs *vfs);

/* No file grows once all together hold so many bytes: the disk is full. 0: no limit. */
void vfs_limit(struct vfs *vfs, int64_t bytes);
/* The next n syncs fail (the disk complains) though the machine goes on. */
void vfs_fail_syncs(struct vfs *vfs, int count);

struct vfs_counts {
    int64_t operations, writes, syncs, bytes_written, bytes_held;
};
struct vfs_counts vfs_counts(const struct vfs *vfs);

#endif
