import Files
import Glibc

/// Files of the checkout, found from this source file.
enum Repository {
  static let root: String = {
    let real = unsafe realpath(#filePath, nil)
    defer { unsafe free(real) }
    let path = unsafe real.map { unsafe String(cString: $0) } ?? #filePath
    return path.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }
  }()

  static func contents(of path: String) throws -> [UInt8] { try Folder.contents(of: path) }
}
