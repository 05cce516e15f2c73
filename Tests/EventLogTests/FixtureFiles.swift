import Files
import FoundationEssentials

/// The files in `Tests/Fixtures`, found from this file.
enum FixtureFiles {
  static let folder: String = {
    var url = URL(filePath: #filePath).resolvingSymlinksInPath()
    for _ in 0..<2 { url.deleteLastPathComponent() }  // file, EventLogTests
    return url.appending(path: "Fixtures").path
  }()

  /// Whether the tests that write fixtures shall run: only when a person asks for it.
  static let mayBeWritten =
    ProcessInfo.processInfo.environment["WEGMARKE_WRITE_FIXTURES"] == "1"

  static func lines(_ name: String) throws -> [String] {
    String(decoding: try Folder.contents(of: "\(folder)/\(name)"), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  static func write(_ lines: [String], to name: String) throws {
    try Folder.create(folder)
    let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    try Folder.replace("\(folder)/\(name)", with: bytes.span)
  }
}

/// The bytes that hexadecimal digits stand for.
func bytes(hex: String) -> [UInt8]? {
  let digits = hex.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
  guard digits.count == hex.utf8.count, digits.count % 2 == 0 else { return nil }
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
