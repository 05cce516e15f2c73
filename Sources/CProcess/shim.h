// A call of Linux that Swift's module of the C library leaves out.
#include <sys/prctl.h>

/// Keeps the process out of core dumps and away from debuggers of the same user; 0 when it worked.
static inline int wegmarke_forbid_dumps(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }
