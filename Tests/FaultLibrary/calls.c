// The calls that change files: each is made to fail when it is its turn, or carried out and traced.
//
// The lock is held over call and trace, so that the trace has the order of the device.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

#define REAL(result, name, ...)                              \
  static result (*real)(__VA_ARGS__);                        \
  if (!real) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static int isSynchronous(int descriptor) {
  int before = errno;
  int flags = fcntl(descriptor, F_GETFL);
  errno = before;
  return flags >= 0 && (flags & O_DSYNC) != 0;
}

static uint64_t inodeOf(int descriptor) {
  struct stat facts;
  return fstat(descriptor, &facts) == 0 ? facts.st_ino : 0;
}

// MARK: Writing

typedef ssize_t (*writer)(int descriptor, const struct iovec *parts, int count, off_t offset);

static size_t sum(const struct iovec *parts, int count) {
  size_t bytes = 0;
  for (int i = 0; i < count; i++) bytes += parts[i].iov_len;
  return bytes;
}

/// Cuts the parts down to so many bytes.
static int cut(struct iovec *parts, int count, size_t bytes) {
  for (int i = 0; i < count; i++) {
    if (parts[i].iov_len >= bytes) {
      parts[i].iov_len = bytes;
      return i + 1;
    }
    bytes -= parts[i].iov_len;
  }
  return count;
}

static ssize_t writing(int descriptor, const struct iovec *given, int count, off_t offset,
                       writer write) {
  char path[4096];
  int isWatched = faults_watches_descriptor(descriptor, path, sizeof path);
  int speaks = !isWatched && faults_isActive()
               && (descriptor == STDOUT_FILENO || descriptor == STDERR_FILENO);
  if ((!isWatched && !speaks) || count > 1024) return write(descriptor, given, count, offset);
  if (!isWatched) {
    faults_lock();
    ssize_t done = write(descriptor, given, count, offset);
    struct record record = {.operation = OP_SAY, .length = done > 0 ? (uint64_t)done : 0};
    if (done > 0) faults_trace(record, "", "", given, count);
    faults_unlock();
    return done;
  }
  struct iovec parts[1024];
  memcpy(parts, given, sizeof *given * (size_t)count);
  faults_lock();
  uint64_t at = offset >= 0 ? (uint64_t)offset : (uint64_t)lseek(descriptor, 0, SEEK_CUR);
  if (offset < 0 && fcntl(descriptor, F_GETFL) & O_APPEND) {
    struct stat facts;
    if (fstat(descriptor, &facts) == 0) at = (uint64_t)facts.st_size;
  }
  size_t wanted = sum(parts, count);
  if (faults_strikes("write", path)) {
    faults_unlock();
    return -1;
  }
  if (faults_strikes("short", path)) count = cut(parts, count, wanted / 2);
  size_t fits = faults_room(descriptor, path, at, sum(parts, count));
  if (!fits && wanted) {
    faults_unlock();
    return -1;
  }
  count = cut(parts, count, fits);
  ssize_t done = write(descriptor, parts, count, offset);
  if (done > 0) {
    struct record record = {.operation = OP_WRITE, .isSynchronous = (uint32_t)isSynchronous(descriptor),
                            .inode = inodeOf(descriptor), .offset = at, .length = (uint64_t)done};
    faults_trace(record, path, "", parts, count);
  }
  faults_unlock();
  return done;
}

static ssize_t plainWritev(int descriptor, const struct iovec *parts, int count, off_t offset) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  (void)offset;
  return real(descriptor, parts, count);
}

static ssize_t plainPwritev(int descriptor, const struct iovec *parts, int count, off_t offset) {
  REAL(ssize_t, "pwritev", int, const struct iovec *, int, off_t);
  return real(descriptor, parts, count, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  struct iovec part = {(void *)bytes, count};
  return writing(descriptor, &part, 1, -1, plainWritev);
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  return writing(descriptor, parts, count, -1, plainWritev);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  struct iovec part = {(void *)bytes, count};
  return writing(descriptor, &part, 1, offset, plainPwritev);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off_t offset) {
  return pwrite(descriptor, bytes, count, offset);
}

ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t offset) {
  return writing(descriptor, parts, count, offset, plainPwritev);
}

ssize_t pwritev64(int descriptor, const struct iovec *parts, int count, off_t offset) {
  return writing(descriptor, parts, count, offset, plainPwritev);
}

// MARK: Flushing and cutting

static int syncing(int descriptor, int (*sync)(int)) {
  char path[4096];
  if (!faults_watches_descriptor(descriptor, path, sizeof path)) return sync(descriptor);
  faults_lock();
  if (faults_strikes("sync", path)) {
    faults_unlock();
    return -1;
  }
  int code = sync(descriptor);
  if (code == 0) {
    struct record record = {.operation = OP_SYNC, .inode = inodeOf(descriptor)};
    faults_trace(record, path, "", NULL, 0);
  }
  faults_unlock();
  return code;
}

static int plainFdatasync(int descriptor) {
  REAL(int, "fdatasync", int);
  return real(descriptor);
}

static int plainFsync(int descriptor) {
  REAL(int, "fsync", int);
  return real(descriptor);
}

int fdatasync(int descriptor) { return syncing(descriptor, plainFdatasync); }
int fsync(int descriptor) { return syncing(descriptor, plainFsync); }

int ftruncate(int descriptor, off_t size) {
  REAL(int, "ftruncate", int, off_t);
  char path[4096];
  if (!faults_watches_descriptor(descriptor, path, sizeof path)) return real(descriptor, size);
  faults_lock();
  int code = faults_strikes("truncate", path) ? -1 : real(descriptor, size);
  if (code == 0) {
    struct record record = {
        .operation = OP_TRUNCATE, .inode = inodeOf(descriptor), .offset = (uint64_t)size};
    faults_trace(record, path, "", NULL, 0);
  }
  faults_unlock();
  return code;
}

int ftruncate64(int descriptor, off_t size) { return ftruncate(descriptor, size); }

/// Space set aside: the file reads as zeros up to the end, like one that was extended.
int posix_fallocate(int descriptor, off_t offset, off_t length) {
  REAL(int, "posix_fallocate", int, off_t, off_t);
  char path[4096];
  if (!faults_watches_descriptor(descriptor, path, sizeof path))
    return real(descriptor, offset, length);
  faults_lock();
  size_t fits = faults_room(descriptor, path, (uint64_t)offset, (size_t)length);
  int code = faults_strikes("write", path) ? errno : fits < (size_t)length ? ENOSPC : 0;
  if (code == 0) code = real(descriptor, offset, length);
  struct stat facts;
  if (code == 0 && fstat(descriptor, &facts) == 0) {
    struct record record = {
        .operation = OP_TRUNCATE, .inode = facts.st_ino, .offset = (uint64_t)facts.st_size};
    faults_trace(record, path, "", NULL, 0);
  }
  faults_unlock();
  return code;
}

int posix_fallocate64(int descriptor, off_t offset, off_t length) {
  return posix_fallocate(descriptor, offset, length);
}

// MARK: Names

static int opening(const char *path, int flags, mode_t mode) {
  REAL(int, "open", const char *, int, ...);
  if (!faults_watches(path)) return real(path, flags, mode);
  faults_lock();
  if (faults_strikes("open", path)) {
    faults_unlock();
    return -1;
  }
  uint64_t before = flags & O_CREAT ? faults_inode(path) : 1;
  int descriptor = real(path, flags, mode);
  if (descriptor >= 0 && !before) {
    struct record record = {.operation = OP_CREATE, .inode = inodeOf(descriptor),
                            .parent = faults_parent(path)};
    faults_trace(record, faults_name(path), "", NULL, 0);
  } else if (descriptor >= 0 && flags & O_TRUNC) {
    struct record record = {.operation = OP_TRUNCATE, .inode = inodeOf(descriptor)};
    faults_trace(record, path, "", NULL, 0);
  }
  faults_unlock();
  return descriptor;
}

int open(const char *path, int flags, ...) {
  mode_t mode = 0;
  if (flags & (O_CREAT | O_TMPFILE)) {
    va_list rest;
    va_start(rest, flags);
    mode = va_arg(rest, mode_t);
    va_end(rest);
  }
  return opening(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  mode_t mode = 0;
  if (flags & (O_CREAT | O_TMPFILE)) {
    va_list rest;
    va_start(rest, flags);
    mode = va_arg(rest, mode_t);
    va_end(rest);
  }
  return opening(path, flags, mode);
}

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  if (!faults_watches(from) && !faults_watches(to)) return real(from, to);
  faults_lock();
  int code = faults_strikes("rename", from) ? -1 : real(from, to);
  if (code == 0) {
    struct record record = {.operation = OP_RENAME, .inode = faults_inode(to),
                            .parent = faults_parent(from), .otherParent = faults_parent(to)};
    faults_trace(record, faults_name(from), faults_name(to), NULL, 0);
  }
  faults_unlock();
  return code;
}

int link(const char *from, const char *to) {
  REAL(int, "link", const char *, const char *);
  if (!faults_watches(to)) return real(from, to);
  faults_lock();
  int code = faults_strikes("rename", to) ? -1 : real(from, to);
  if (code == 0) {
    struct record record = {
        .operation = OP_LINK, .inode = faults_inode(to), .parent = faults_parent(to)};
    faults_trace(record, faults_name(to), "", NULL, 0);
  }
  faults_unlock();
  return code;
}

static int removing(const char *path, int (*remove)(const char *)) {
  if (!faults_watches(path)) return remove(path);
  faults_lock();
  struct record record = {.operation = OP_UNLINK, .parent = faults_parent(path)};
  int code = faults_inode(path) && faults_strikes("unlink", path) ? -1 : remove(path);
  if (code == 0) faults_trace(record, faults_name(path), "", NULL, 0);
  faults_unlock();
  return code;
}

static int plainUnlink(const char *path) {
  REAL(int, "unlink", const char *);
  return real(path);
}

static int plainRmdir(const char *path) {
  REAL(int, "rmdir", const char *);
  return real(path);
}

int unlink(const char *path) { return removing(path, plainUnlink); }
int rmdir(const char *path) { return removing(path, plainRmdir); }

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  if (!faults_watches(path)) return real(path, mode);
  faults_lock();
  int code = faults_strikes("mkdir", path) ? -1 : real(path, mode);
  if (code == 0) {
    struct record record = {
        .operation = OP_MAKE_FOLDER, .inode = faults_inode(path), .parent = faults_parent(path)};
    faults_trace(record, faults_name(path), "", NULL, 0);
  }
  faults_unlock();
  return code;
}
