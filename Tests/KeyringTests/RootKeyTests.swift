import Files
import Glibc
import Testing

@testable import Keyring

@Suite("A root key file")
struct RootKeyTests {
  private func withPath(_ body: (String) throws -> Void) throws {
    let folder = try Folder.temporary("wegmarke-test")
    defer { try? Folder.remove(folder) }
    try body("\(folder)/config/root.key")
  }

  @Test("is three lines of text, private, and reads as it was made")
  func form() throws {
    try withPath { path in
      let made = try RootKey.create(at: path, origin: "wegmarke/a")
      let lines = String(decoding: try Folder.contents(of: path), as: UTF8.self)
        .split(separator: "\n")
      #expect(lines.count == 3)
      #expect(lines[0] == "wegmarke root key v1")
      #expect(lines[1] == "origin wegmarke/a")
      #expect(lines[2].hasPrefix("key "))
      #expect(lines[2].count == 4 + 44)
      #expect(try Folder.permissions(path) == 0o600)
      let read = try RootKey.read(at: path, origin: "wegmarke/a")
      #expect(read.key == made.key)
      #expect(read.origin == "wegmarke/a")
    }
  }

  @Test("is never overwritten")
  func once() throws {
    try withPath { path in
      let made = try RootKey.create(at: path, origin: "wegmarke/a")
      #expect(throws: KeyringError.self) { try RootKey.create(at: path, origin: "wegmarke/b") }
      #expect(try RootKey.read(at: path, origin: "wegmarke/a").key == made.key)
    }
  }

  @Test("is refused by name when it is missing, exposed, malformed or another store's")
  func refusals() throws {
    try withPath { path in
      #expect(throws: KeyringError.rootKeyMissing(path: path)) {
        try RootKey.read(at: path, origin: "a")
      }
      _ = try RootKey.create(at: path, origin: "a")
      #expect(throws: KeyringError.rootKeyOfAnotherStore(path: path, expected: "b", found: "a")) {
        try RootKey.read(at: path, origin: "b")
      }
      let good = String(decoding: try Folder.contents(of: path), as: UTF8.self)
      let broken = [
        "", "x", good + "more\n", good.replacing("origin ", with: "origin: "),
        good.replacing("key ", with: "secret "), String(good.dropLast(4)),
        good.replacing("key ", with: "key !!"),
      ]
      for text in broken {
        try Folder.replace(path, with: Array(text.utf8).span)
        #expect(throws: KeyringError.rootKeyMalformed(path: path), "\(text)") {
          try RootKey.read(at: path, origin: "a")
        }
      }
      try Folder.replace(path, with: Array(good.utf8).span)
      for mode: UInt32 in [0o640, 0o604, 0o610, 0o601, 0o666] {
        _ = unsafe chmod(path, mode)
        #expect(throws: KeyringError.rootKeyExposed(path: path, permissions: mode)) {
          try RootKey.read(at: path, origin: "a")
        }
      }
      _ = unsafe chmod(path, 0o400)
      #expect(throws: Never.self) { try RootKey.read(at: path, origin: "a") }
    }
  }
}
