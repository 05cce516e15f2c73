internal import Glibc

/// The claim of one program to be the writer of a directory.
///
/// LMDB itself lets writers wait for each other transaction by transaction. A program that writes
/// for longer takes this claim first, so that the next one is refused at once and told by whom. It
/// is an advisory `flock` on the file `writer.lock` in the directory: it ends with the value, or
/// with the process, however that ends. What stands in the file of a claim that has ended means
/// nothing.
public struct WriterLock: ~Copyable, Sendable {
  /// The name of the file in the directory.
  public static let fileName = "writer.lock"

  private let descriptor: CInt

  /// Claims a directory.
  ///
  /// - Parameters:
  ///   - directory: An existing folder.
  ///   - program: The name that others are told; nil means that of the running program.
  ///   - patience: How long to wait while another holds the claim; zero refuses at once.
  /// - Throws: `heldByAnotherWriter` with the process and program that hold it as far as they can
  ///   be read (a process of another container has a number of that container), or `missingStore`,
  ///   `accessDenied`, `system`.
  public init(
    directory: String, program: String? = nil, waitingAtMost patience: Duration = .zero
  ) throws(LMDBError) {
    let path = directory + "/" + Self.fileName
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT: throw .missingStore(path: directory)
      case EACCES, EPERM: throw .accessDenied(path: path)
      case let code: throw .system(operation: "open", path: path, code: code)
      }
    }
    let deadline = Deadline(after: patience)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      if code == EINTR { continue }
      guard code == EWOULDBLOCK else {
        close(descriptor)
        throw .system(operation: "flock", path: path, code: code)
      }
      if deadline.hasPassed {
        let (pid, program) = Self.holder(in: descriptor)
        close(descriptor)
        throw .heldByAnotherWriter(pid: pid, program: program)
      }
      usleep(20_000)
    }
    self.descriptor = descriptor
    Self.write("\(getpid())\n\(program ?? Self.runningProgram)\n", to: descriptor)
  }

  deinit {
    // Emptied first: who is refused by the next holder's claim must not read this one's name.
    ftruncate(descriptor, 0)
    // Let go by name: a child that is being started holds every open file until it has become its
    // own program, and closing alone would leave the claim with it for so long.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  private static var runningProgram: String {
    CommandLine.arguments.first?.split(separator: "/").last.map(String.init) ?? "unknown"
  }

  private static func write(_ text: String, to descriptor: CInt) {
    // The claim is the lock; a name that could not be written only makes refusals less helpful.
    ftruncate(descriptor, 0)
    var text = text
    text.withUTF8 { _ = unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  private static func holder(in descriptor: CInt) -> (pid: Int32?, program: String?) {
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = unsafe bytes.withUnsafeMutableBytes {
      unsafe pread(descriptor, $0.baseAddress, $0.count, 0)
    }
    let lines = String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
      .split(separator: "\n", maxSplits: 1)
    return (
      lines.first.flatMap { Int32($0) },
      lines.count > 1 ? lines[1].split(separator: "\n").first.map(String.init) : nil
    )
  }
}
