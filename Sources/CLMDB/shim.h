#include <lmdb.h>
// The type of a file system; Swift's Glibc module leaves this header out.
#include <sys/statfs.h>
