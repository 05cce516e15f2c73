import Glibc

/// A file that goes away with the value.
final class TemporaryFile {
  let path: String

  struct CannotWrite: Error {}

  init(_ bytes: [UInt8]) throws {
    path = "/tmp/wegmarke-csv-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    guard let file = unsafe fopen(path, "w") else { throw CannotWrite() }
    let written = unsafe fwrite(bytes, 1, bytes.count, file)
    guard unsafe fclose(file) == 0, written == bytes.count else { throw CannotWrite() }
  }

  deinit { _ = unsafe unlink(path) }
}
