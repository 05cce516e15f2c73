// Calls of Linux that Swift's module of the C library leaves out.
#include <malloc.h>
#include <sys/prctl.h>

/// Keeps the process out of core dumps and away from debuggers of the same user; 0 when it worked.
static inline int wegmarke_forbid_dumps(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

/// Keeps freed memory for what is asked for next: up to this at once, and in each arena of the allocator.
static inline void wegmarke_keep_freed(int at_once, int in_arena) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, at_once);
  mallopt(M_TRIM_THRESHOLD, in_arena);
#endif
}
