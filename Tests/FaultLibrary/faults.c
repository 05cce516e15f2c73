// What the preloaded library is told to do, and the trace it writes.
//
//   WEGMARKE_FAULTS_ROOT   the folder whose files are watched; nothing happens without it
//   WEGMARKE_FAULTS_TRACE  the file to which every change of a watched file is appended
//   WEGMARKE_FAULTS_FAIL   KIND:N:ERRNO or KIND:N:ERRNO:on: the N-th call of that kind fails, and
//                          with "on" every later one; kinds are write, short, sync, truncate, open,
//                          rename, unlink, mkdir
//   WEGMARKE_FAULTS_TOLD   the file that names the calls that were made to fail
//   WEGMARKE_FAULTS_ROOM   bytes by which watched files may grow until the disk is "full"
//   WEGMARKE_FAULTS_MAP    bytes of address space for LMDB instead of what the program asks for
//   WEGMARKE_FAULTS_NOSYNC any value: LMDB is opened without flushes, which is unsafe on purpose
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "internal.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static const char *root;
static size_t rootLength;
static int traceFile = -1;
static int toldFile = -1;
static char failKind[16];
static long failNumber = -1;
static int failErrno;
static int failGoesOn;
static int hasStruck;
static long long room = -1;
static ssize_t (*realWritev)(int, const struct iovec *, int);

__attribute__((constructor)) static void begin(void) {
  realWritev = dlsym(RTLD_NEXT, "writev");
  root = getenv("WEGMARKE_FAULTS_ROOT");
  if (!root) return;
  rootLength = strlen(root);
  const char *trace = getenv("WEGMARKE_FAULTS_TRACE");
  int (*realOpen)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
  if (trace) traceFile = realOpen(trace, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const char *told = getenv("WEGMARKE_FAULTS_TOLD");
  if (told) toldFile = realOpen(told, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const char *fail = getenv("WEGMARKE_FAULTS_FAIL");
  char goesOn[8] = "";
  if (fail && sscanf(fail, "%15[a-z]:%ld:%d:%7s", failKind, &failNumber, &failErrno, goesOn) >= 3)
    failGoesOn = goesOn[0] != 0;
  const char *bytes = getenv("WEGMARKE_FAULTS_ROOM");
  if (bytes) room = atoll(bytes);
}

__attribute__((destructor)) static void end(void) {
  if (!root) return;
  struct record record = {.operation = OP_EXIT};
  faults_lock();
  faults_trace(record, "", "", NULL, 0);
  faults_unlock();
}

void faults_lock(void) { pthread_mutex_lock(&mutex); }
void faults_unlock(void) { pthread_mutex_unlock(&mutex); }

int faults_isActive(void) { return root != NULL; }

int faults_watches(const char *path) {
  if (!root) return 0;
  char absolute[4096];
  if (path[0] != '/') {
    if (!getcwd(absolute, sizeof absolute)) return 0;
    size_t length = strlen(absolute);
    snprintf(absolute + length, sizeof absolute - length, "/%s", path);
    path = absolute;
  }
  return strncmp(path, root, rootLength) == 0 && (path[rootLength] == '/' || !path[rootLength]);
}

int faults_watches_descriptor(int descriptor, char *path, size_t size) {
  if (!root) return 0;
  int before = errno;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, size - 1);
  errno = before;
  if (length < 0) return 0;
  path[length] = 0;
  return faults_watches(path);
}

void faults_trace(struct record record, const char *name, const char *otherName,
                  const struct iovec *data, int count) {
  if (traceFile < 0) return;
  int before = errno;
  record.nameLength = (uint32_t)strlen(name);
  record.otherNameLength = (uint32_t)strlen(otherName);
  struct iovec parts[3] = {
      {&record, sizeof record},
      {(void *)name, record.nameLength},
      {(void *)otherName, record.otherNameLength},
  };
  realWritev(traceFile, parts, 3);
  if (record.length && data) {
    // Only what was really written: a call may have taken less than it was given.
    size_t left = record.length;
    for (int i = 0; i < count && left > 0; i++) {
      struct iovec part = data[i];
      if (part.iov_len > left) part.iov_len = left;
      realWritev(traceFile, &part, 1);
      left -= part.iov_len;
    }
  }
  errno = before;
}

uint64_t faults_inode(const char *path) {
  struct stat facts;
  int before = errno;
  uint64_t inode = lstat(path, &facts) == 0 ? facts.st_ino : 0;
  errno = before;
  return inode;
}

uint64_t faults_parent(const char *path) {
  char folder[4096];
  snprintf(folder, sizeof folder, "%s", path);
  size_t length = strlen(folder);
  while (length > 1 && folder[length - 1] == '/') folder[--length] = 0;
  char *slash = strrchr(folder, '/');
  if (!slash) return faults_inode(".");
  *(slash == folder ? slash + 1 : slash) = 0;
  return faults_inode(folder);
}

const char *faults_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

int faults_strikes(const char *kind, const char *path) {
  if (failNumber < 0 || strcmp(kind, failKind) != 0) return 0;
  // LMDB's lock file and the writer's lock hold nothing that is kept.
  const char *name = faults_name(path);
  if (strcmp(kind, "open") != 0 && strcmp(name, "lock.mdb") == 0) return 0;
  if (failNumber > 0 && --failNumber > 0) return 0;
  if (hasStruck && !failGoesOn) return 0;
  hasStruck = 1;
  if (toldFile >= 0) dprintf(toldFile, "%s %s\n", kind, path + rootLength);
  errno = failErrno;
  return 1;
}

size_t faults_room(int descriptor, const char *path, uint64_t offset, size_t wanted) {
  if (room < 0) return wanted;
  struct stat facts;
  if (fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode)) return wanted;
  uint64_t end = offset + wanted, size = (uint64_t)facts.st_size;
  if (end <= size) return wanted;
  uint64_t growth = end - (offset > size ? offset : size);
  if ((long long)growth <= room) {
    room -= (long long)growth;
    return wanted;
  }
  if (toldFile >= 0) dprintf(toldFile, "full %s\n", path + rootLength);
  size_t fits = wanted - growth + (size_t)room;
  room = 0;
  if (!fits) errno = ENOSPC;
  return fits;
}

// While the room is counted, the free space of the disk is what is left of it.
static void pretend(struct statvfs *facts) {
  if (room < 0 || !facts->f_frsize) return;
  facts->f_bavail = facts->f_bfree = (unsigned long long)room / facts->f_frsize;
}

int statvfs(const char *path, struct statvfs *facts) {
  int (*real)(const char *, struct statvfs *) = dlsym(RTLD_NEXT, "statvfs");
  int code = real(path, facts);
  if (!code && faults_watches(path)) pretend(facts);
  return code;
}

int fstatvfs(int descriptor, struct statvfs *facts) {
  int (*real)(int, struct statvfs *) = dlsym(RTLD_NEXT, "fstatvfs");
  char path[4096];
  int code = real(descriptor, facts);
  if (!code && faults_watches_descriptor(descriptor, path, sizeof path)) pretend(facts);
  return code;
}

// LMDB, as far as it is told other things than the program tells it.

int mdb_env_open(void *environment, const char *path, unsigned flags, unsigned mode) {
  int (*real)(void *, const char *, unsigned, unsigned) = dlsym(RTLD_NEXT, "mdb_env_open");
  const unsigned noSync = 0x10000;
  if (root && getenv("WEGMARKE_FAULTS_NOSYNC")) flags |= noSync;
  return real(environment, path, flags, mode);
}

int mdb_env_set_mapsize(void *environment, size_t size) {
  int (*real)(void *, size_t) = dlsym(RTLD_NEXT, "mdb_env_set_mapsize");
  const char *map = root ? getenv("WEGMARKE_FAULTS_MAP") : NULL;
  const size_t usual = (size_t)64 << 30;
  if (map && size >= usual) size = (size_t)atoll(map);
  return real(environment, size);
}
