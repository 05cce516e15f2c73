import Files
import Journey
import TestSupport

@testable import Keyring

/// Readers of the files under `keys/` and of the root key file.
enum KeyBytes {
  /// Puts bytes in the place of one key file of the fixture and opens everything there is.
  static func feed(_ bytes: [UInt8], as name: String) throws {
    try withFolder { folder in
      let epoch = "\(folder)/keys/epoch-1"
      try Folder.create(epoch)
      for (file, content) in keyFiles {
        try write(file == name ? bytes : content, to: "\(epoch)/\(file)")
      }
      try write(rootKeyFile, to: "\(folder)/root.key")
      let root = try RootKey.read(at: "\(folder)/root.key", origin: origin)
      guard let keyring = try? Keyring(folder: "\(folder)/keys", root: root) else { return }
      _ = try? keyring.identities(of: 0..<6)
      for group in FieldGroup.allCases where group != .clear {
        _ = try? keyring.storeSealingKey(group)
        _ = try? keyring.sealingKeys(of: 0..<6, group)
      }
      _ = try? keyring.erasedRefs(below: 6)
      _ = keyring.verifyingKey
    }
  }

  static func rootKey(_ bytes: [UInt8]) throws {
    try withFolder { folder in
      try write(bytes, to: "\(folder)/root.key")
      guard let root = try? RootKey.read(at: "\(folder)/root.key", origin: origin) else { return }
      try FuzzFinding.unless(root.origin == origin, "a root key of another store is taken")
    }
  }

  static let rootKeyFile = contents("root.key")
  static let keyFiles = ["ring", "participants", "identities"].map { name in
    (name: name, content: contents("store/keys/epoch-1/\(name)"))
  }
  static let origin: String = {
    let lines = String(decoding: rootKeyFile, as: UTF8.self).split(separator: "\n")
    return String(lines[1].dropFirst(7))
  }()

  static func contents(_ name: String) -> [UInt8] {
    let tests = Folder.parent(of: Folder.parent(of: #filePath))
    guard let bytes = try? Folder.contents(of: "\(tests)/Fixtures/store-v1/\(name)") else {
      preconditionFailure("no fixture store-v1/\(name)")
    }
    return bytes
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    try File(path, .createNew).write(bytes.span, at: 0)
  }
}

/// Runs a body with a folder in memory that is removed behind it.
func withFolder(_ body: (String) throws -> Void) throws {
  let folder = try MemoryFolder.make("wegmarke-fuzz")
  defer { try? Folder.remove(folder) }
  try body(folder)
}
