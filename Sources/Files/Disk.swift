import Glibc

/// The space of the file system that holds a path.
public struct DiskSpace: Sendable, Equatable {
  /// Bytes in all.
  public let total: UInt64
  /// Bytes that this user can still write.
  public let free: UInt64

  /// States a space, for tests and for judging one.
  public init(total: UInt64, free: UInt64) {
    self.total = total
    self.free = free
  }

  /// Asks the operating system.
  public init(at path: String) throws(FileError) {
    var facts = statvfs()
    guard unsafe statvfs(path, &facts) == 0 else { throw FileError(.status, path) }
    total = UInt64(facts.f_blocks) * UInt64(facts.f_frsize)
    free = UInt64(facts.f_bavail) * UInt64(facts.f_frsize)
  }

  /// The free share of the whole, 0 to 1.
  public var freeShare: Double { total == 0 ? 0 : Double(free) / Double(total) }
}

extension File {
  /// Gives the file so many bytes of disk, which no other file can take then.
  public func allocate(_ size: Int) throws(FileError) {
    let code = posix_fallocate(descriptor, 0, size)
    guard code == 0 else {
      errno = code
      throw FileError(.write, path)
    }
  }

  /// Waits until no other program holds the file, and holds it until the value ends.
  public func lock() throws(FileError) {
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw FileError(.open, path) }
    }
  }
}

extension Folder {
  /// Copies a file to a place where nothing is yet, mode 0600, and forces it to the device.
  public static func copy(file source: String, to target: String) throws(FileError) {
    let input = try File(source, .read)
    let output = try File(target, .createNew)
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var offset = 0
    while true {
      let count = try input.read(into: &buffer, at: offset)
      if count == 0 { break }
      try output.write(buffer.span.extracting(0..<count), at: offset)
      offset += count
    }
    try output.sync()
  }

  /// A folder with a fresh name on a file system in memory, mode 0700; nil where there is none that
  /// this user can write.
  public static func inMemory(_ purpose: String) throws(FileError) -> String? {
    let shared = "/dev/shm"
    guard unsafe access(shared, W_OK | X_OK) == 0 else { return nil }
    return try fresh(purpose, in: shared)
  }

  /// Whether a folder stands at the path.
  public static func isFolder(_ path: String) -> Bool {
    var facts = stat()
    return unsafe stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether a symbolic link is there, whatever it leads to.
  public static func isLink(_ path: String) -> Bool {
    var facts = stat()
    return unsafe lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK
  }

  /// Whether something is there that is neither a file nor a folder: a device, a pipe.
  public static func isSpecial(_ path: String) -> Bool {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return false }
    return facts.st_mode & S_IFMT != S_IFDIR && facts.st_mode & S_IFMT != S_IFREG
  }

  /// When a file was last written, in microseconds since 1970 UTC.
  public static func modified(_ path: String) throws(FileError) -> Int64 {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { throw FileError(.status, path) }
    return Int64(facts.st_mtim.tv_sec) * 1_000_000 + Int64(facts.st_mtim.tv_nsec) / 1000
  }

  /// The path from the root of the file system, links resolved; nil when there is nothing there.
  public static func resolved(_ path: String) -> String? {
    guard let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }
}

/// What the operating system says about a process.
public struct RunningProcess: Sendable, Equatable {
  /// Its program.
  public let program: String
  /// How long it runs, in seconds.
  public let seconds: Double

  /// Looks a process up; nil when there is none of that number here.
  public init?(_ pid: Int32) {
    guard let text = Self.text("/proc/\(pid)/stat"), let end = text.lastIndex(of: ")"),
      let start = text.firstIndex(of: "("), let up = Self.text("/proc/uptime"),
      let uptime = up.split(separator: " ").first.flatMap({ Double($0) })
    else { return nil }
    program = String(text[text.index(after: start)..<end])
    // Field 22 of proc(5), the 20th behind the name: the start, in ticks since the machine started.
    let fields = text[text.index(after: end)...].split(separator: " ")
    guard fields.count > 19, let ticks = Double(fields[19]) else { return nil }
    seconds = max(0, uptime - ticks / Double(sysconf(CInt(_SC_CLK_TCK))))
  }

  /// The whole text of a file that does not say its size.
  private static func text(_ path: String) -> String? {
    guard let file = try? File(path, .read) else { return nil }
    var buffer = [UInt8](repeating: 0, count: 4096)
    guard let count = try? file.readNext(into: &buffer), count > 0 else { return nil }
    return String(decoding: buffer[..<count], as: UTF8.self)
  }
}
