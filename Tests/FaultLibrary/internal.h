#ifndef FAULT_LIBRARY_INTERNAL_H
#define FAULT_LIBRARY_INTERNAL_H

#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

/// What a record of the trace says; `Trace.swift` reads them.
enum operation {
  OP_WRITE = 1,
  OP_SYNC = 2,
  OP_TRUNCATE = 3,
  OP_CREATE = 4,
  OP_RENAME = 5,
  OP_UNLINK = 6,
  OP_MAKE_FOLDER = 7,
  OP_LINK = 8,
  OP_SAY = 9,
  OP_EXIT = 10,
};

/// The head of a record, then two names and the data. Numbers in the order of the machine.
struct record {
  uint32_t operation;
  uint32_t isSynchronous;
  uint64_t inode, parent, otherParent;
  uint64_t offset, length;
  uint32_t nameLength, otherNameLength;
};

/// Whether anything of this process is watched, and whether a file is.
int faults_isActive(void);
int faults_watches(const char *path);
/// The same for a descriptor; copies its path.
int faults_watches_descriptor(int descriptor, char *path, size_t room);

void faults_lock(void);
void faults_unlock(void);

/// Adds a record to the trace.
void faults_trace(struct record record, const char *name, const char *otherName,
                  const struct iovec *data, int count);

/// The inode of a path, 0 when there is nothing; the inode of the folder it is in; its last name.
uint64_t faults_inode(const char *path);
uint64_t faults_parent(const char *path);
const char *faults_name(const char *path);

/// Whether this call is the one that has to fail; sets errno.
int faults_strikes(const char *kind, const char *path);
/// How many bytes of a write may still be written; sets errno when it is none.
size_t faults_room(int descriptor, const char *path, uint64_t offset, size_t wanted);
/// Whether the trace keeps quiet about flushes of this file.
int faults_hides_sync(const char *path);

#endif
