import Files
import ProjectionEngine
import TestSupport

@testable import EventLog
@testable import Upkeep

/// Readers of what was given away and comes back: parts of backups, and receipts.
enum CopyBytes {
  static func bundle(_ bytes: [UInt8]) throws {
    try use(bytes)
    // A digest keeps what passes it from being applied, so it is made to fit.
    guard bytes.count > 32 else { return }
    let content = Array(bytes.dropLast(32))
    try use(content + ContentDigest.sha256(content))
  }

  /// Checks a bundle, and applies what passes to a copy of the log of the fixture.
  private static func use(_ bytes: [UInt8]) throws {
    try withFolder { folder in
      let path = "\(folder)/bundle"
      try File(path, .createNew).write(bytes.span, at: 0)
      guard let facts = try? LogImage.checkBundle(path) else { return }
      try Folder.create("\(folder)/log")
      try File("\(folder)/log/data.mdb", .createNew).write(base.span, at: 0)
      let image = try LogImage(folder: "\(folder)/log", isWritable: true)
      // What is refused half way leaves a copy that nobody keeps.
      let isTaken = (try? image.apply(bundle: path)) != nil
      let end = isTaken ? try (image.size(), image.root(size: facts.to)) : (facts.to, facts.root)
      try image.close()
      try FuzzFinding.unless(
        end == (facts.to, facts.root), "a bundle was applied and led elsewhere than it says")
    }
  }

  private static let base = KeyBytes.contents("store/log/data.mdb")

  static func manifest(_ bytes: [UInt8]) throws {
    try read(bytes)
    // Here too.
    guard let end = bytes.firstRange(of: [10, 10])?.lowerBound,
      let start = bytes[..<end].lastIndex(of: 10)
    else { return }
    let digest = ContentDigest.hex(ContentDigest.sha256(Array(bytes[...start])))
    try read(Array(bytes[...start]) + Array("digest \(digest)".utf8) + bytes[end...])
  }

  private static func read(_ bytes: [UInt8]) throws {
    guard let manifest = BackupManifest(parsing: bytes) else { return }
    try FuzzFinding.unless(
      Array(manifest.text.utf8) == bytes, "a manifest written again is another")
  }

  static func receipt(_ bytes: [UInt8]) throws {
    guard let check = try? ErasureReceiptCheck(bytes) else { return }
    let written = try check.document.encoded()
    try FuzzFinding.unless(
      !check.problems.isEmpty || written == bytes || written + [10] == bytes,
      "a receipt holds that is not as it was written")
  }
}
