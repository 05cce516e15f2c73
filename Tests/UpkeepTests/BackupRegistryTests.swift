import EventLog
import Files
import Journey
import Keyring
import LMDB
import TestSupport
import Testing
import Upkeep

@Suite("The registry of backups")
struct BackupRegistryTests {
  @Test("keeps what it was told, also behind a line that a crash cut off")
  func lines() throws {
    let folder = try Folder.temporary("wegmarke-test")
    defer { try? Folder.remove(folder) }
    let registry = BackupRegistry(store: folder)
    #expect(try registry.entries().isEmpty)
    let entries = [
      BackupRegistry.Entry(
        when: 1_772_355_600_000_001, .full, size: 12, epoch: 3,
        root: [UInt8](repeating: 0xAB, count: 32), path: "/a b/ü%09\t\n/c"),
      BackupRegistry.Entry(
        when: 1_772_355_700_000_000, .drill, isGood: false, size: 0, path: "/x", note: "100 %\nno"),
    ]
    for entry in entries { try registry.add(entry) }
    #expect(try registry.entries() == entries)
    let bytes = try Folder.contents(of: registry.path)
    try Folder.replace(registry.path, with: bytes.span.extracting(0..<bytes.count - 5))
    try registry.add(entries[0])
    #expect(try registry.entries() == [entries[0], entries[0]])
  }
}
