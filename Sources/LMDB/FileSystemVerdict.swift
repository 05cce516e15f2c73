internal import CLMDB
internal import Glibc

/// Whether a file system can carry an environment.
enum FileSystemVerdict: Equatable {
  case suitable
  case refused(kind: String)

  /// Judges the `f_type` that `statfs` gives.
  ///
  /// Refused are file systems where two machines, or a user-space server, may see different bytes
  /// or locks: LMDB needs a coherent shared map, robust mutexes in it and `fcntl` locks.
  ///
  /// overlayfs is let through on purpose. Containers run on it, and an LMDB opened for writing
  /// is copied up into the upper folder, a local disk, before the map is made; a store that was
  /// created in the container lives there from the start. Its type says nothing against the folder.
  static func judging(type: Int) -> FileSystemVerdict {
    // Some of these numbers have the top bit set, and f_type is signed on some platforms.
    switch UInt32(truncatingIfNeeded: type) {
    case 0x6969: .refused(kind: "NFS")
    case 0xFF53_4D42: .refused(kind: "CIFS")
    case 0xFE53_4D42: .refused(kind: "SMB2")
    case 0x517B: .refused(kind: "SMB")
    case 0x6573_5546: .refused(kind: "FUSE")
    case 0x0102_1997: .refused(kind: "9P")
    case 0x5346_414F, 0x6B41_4653: .refused(kind: "AFS")
    case 0x00C3_6400: .refused(kind: "Ceph")
    case 0x7375_7245: .refused(kind: "Coda")
    case 0x564C: .refused(kind: "NCP")
    case 0x0BD0_0BD0: .refused(kind: "Lustre")
    case 0x786F_4256: .refused(kind: "a VirtualBox shared folder")
    default: .suitable
    }
  }

  /// The `f_type` of the file system that holds a path.
  static func type(at path: String) throws(LMDBError) -> Int {
    var facts = statfs()
    guard unsafe statfs(path, &facts) == 0 else {
      throw .system(operation: "statfs", path: path, code: errno)
    }
    return facts.f_type
  }

  /// The bytes that this user can still write at a path, or nil when the system does not say.
  static func freeBytes(at path: String) -> UInt64? {
    var facts = statvfs()
    guard unsafe statvfs(path, &facts) == 0 else { return nil }
    return UInt64(facts.f_bavail) * UInt64(facts.f_frsize)
  }
}
