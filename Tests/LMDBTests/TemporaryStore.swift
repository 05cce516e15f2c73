import Glibc
import LMDB

/// A folder that is removed with everything in it.
final class TemporaryFolder: Sendable {
  let path: String

  init(in parent: String = "/tmp") throws {
    var name = Array("\(parent)/lmdb-tests-XXXXXX".utf8CString)
    let made = unsafe name.withUnsafeMutableBufferPointer { name in
      unsafe name.baseAddress.map { unsafe mkdtemp($0) } != nil
    }
    guard made else { throw LMDBError.system(operation: "mkdtemp", path: parent, code: errno) }
    path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    if let directory = unsafe opendir(path) {
      while let entry = unsafe readdir(directory) {
        let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) {
          unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != "." && name != ".." { remove(path + "/" + name) }
      }
      unsafe closedir(directory)
      unsafe rmdir(path)
    } else {
      unsafe unlink(path)
    }
  }
}

/// An environment in a folder of its own.
struct TemporaryStore {
  let folder: TemporaryFolder
  let environment: Environment
  let options: EnvironmentOptions

  var path: String { folder.path }

  init(_ adjust: (inout EnvironmentOptions) -> Void = { _ in }) throws {
    folder = try TemporaryFolder()
    var options = EnvironmentOptions.creating
    // A folder under test does not need 64 GiB of address space, of which sanitizers have little.
    options.mapSize = 64 << 20
    adjust(&options)
    self.options = options
    environment = try Environment(path: folder.path, options: options)
  }
}

extension Span where Element == UInt8 {
  /// A copy that may leave the transaction.
  var copied: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for index in indices { bytes.append(self[index]) }
    return bytes
  }
}

/// Every entry in the order in which a cursor walks.
func contents(
  of database: Database, in transaction: borrowing some Transaction & ~Copyable
) throws -> [(key: [UInt8], value: [UInt8])] {
  var entries: [(key: [UInt8], value: [UInt8])] = []
  var cursor = try transaction.cursor(database)
  while let entry = try cursor.next() { entries.append((entry.key.copied, entry.value.copied)) }
  return entries
}

/// The value of a number as bytes.
func stored(_ key: UInt64, in database: Database, of environment: Environment) throws -> [UInt8]? {
  try environment.read { transaction in
    try transaction.value(for: key, in: database)?.copied
  }
}
