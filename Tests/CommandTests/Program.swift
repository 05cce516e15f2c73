import Foundation

/// The program under test.
enum Program {
  /// The binary: `WEGMARKE_BINARY`, else the debug build of this checkout.
  ///
  /// - Throws: `Missing` when nothing can be run there; tests of a program that is not there fail.
  static func path() throws -> String {
    let named = ProcessInfo.processInfo.environment["WEGMARKE_BINARY"] ?? ""
    let path = named.isEmpty ? checkout.appending(path: ".build/debug/wegmarke").path : named
    guard FileManager.default.isExecutableFile(atPath: path) else { throw Missing(path: path) }
    return path
  }

  /// The folder of the package.
  static let checkout: URL = {
    var url = URL(filePath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }  // file, CommandTests, Tests
    return url
  }()

  /// There is no program to test.
  struct Missing: Error, CustomStringConvertible {
    let path: String
    var description: String {
      "\(path) cannot be run: build it (swift build) or name another in WEGMARKE_BINARY"
    }
  }
}
