import Files
import Glibc
import Testing

@Suite("A folder")
struct FolderTests {
  @Test("is made with its parents, privately, and making it again does no harm")
  func creation() throws {
    try withFolder { folder in
      try Folder.create("\(folder)/a/b/c")
      try Folder.create("\(folder)/a/b/c")
      for path in ["a", "a/b", "a/b/c"] {
        #expect(try Folder.permissions("\(folder)/\(path)") == 0o700)
      }
      try Folder.replace("\(folder)/file", with: [1].span)
      #expect(failure { try Folder.create("\(folder)/file/x") }?.action == .createFolder)
    }
  }

  @Test("lists its names in order, without itself and its parent")
  func names() throws {
    try withFolder { folder in
      #expect(try Folder.names(folder) == [])
      for name in ["b", ".hidden", "a", "ä"] {
        try Folder.replace("\(folder)/\(name)", with: [0].span)
      }
      #expect(try Folder.names(folder) == [".hidden", "a", "b", "ä"])
      #expect(failure { _ = try Folder.names("\(folder)/none") }?.isMissing == true)
    }
  }

  @Test("replaces a file as a whole and leaves nothing beside it")
  func replace() throws {
    try withFolder { folder in
      let path = "\(folder)/a"
      try Folder.replace(path, with: [1, 2, 3].span)
      let reader = try File(path, .read)
      try Folder.replace(path, with: [4].span)
      // Who had it open keeps the old bytes.
      #expect(try reader.bytes(at: 0, count: 9) == [1, 2, 3])
      #expect(try Folder.contents(of: path) == [4])
      #expect(try Folder.names(folder) == ["a"])
      #expect(try Folder.permissions(path) == 0o600)
      #expect(failure { try Folder.replace("\(folder)/no/a", with: [1].span) }?.isMissing == true)
    }
  }

  @Test("that cannot be replaced by a file leaves no temporary file")
  func replaceFolder() throws {
    try withFolder { folder in
      try Folder.create("\(folder)/a/b")
      #expect(failure { try Folder.replace("\(folder)/a", with: [1].span) }?.action == .rename)
      #expect(try Folder.names(folder) == ["a"])
    }
  }

  @Test("is removed with everything in it, but not what its links point at")
  func removal() throws {
    try withFolder { folder in
      try Folder.create("\(folder)/kept")
      try Folder.replace("\(folder)/kept/file", with: [1].span)
      try Folder.create("\(folder)/gone/deep")
      try Folder.replace("\(folder)/gone/deep/file", with: [1].span)
      #expect(unsafe symlink("\(folder)/kept", "\(folder)/gone/link") == 0)
      try Folder.remove("\(folder)/gone")
      try Folder.remove("\(folder)/gone")
      #expect(try Folder.names(folder) == ["kept"])
      #expect(try Folder.names("\(folder)/kept") == ["file"])
    }
  }

  @Test("moves to another name")
  func rename() throws {
    try withFolder { folder in
      try Folder.create("\(folder)/a")
      try Folder.replace("\(folder)/a/file", with: [1, 2].span)
      try Folder.rename("\(folder)/a", to: "\(folder)/b")
      #expect(!Folder.exists("\(folder)/a"))
      #expect(try Folder.size(ofFile: "\(folder)/b/file") == 2)
      #expect(
        failure { try Folder.rename("\(folder)/a", to: "\(folder)/c") }?.action == .rename)
    }
  }

  @Test("knows the parts of a path")
  func paths() {
    #expect(Folder.parent(of: "/a/b/c") == "/a/b")
    #expect(Folder.parent(of: "/a") == "/")
    #expect(Folder.parent(of: "a") == ".")
    #expect(Folder.name(of: "/a/b/c") == "c")
    #expect(Folder.name(of: "c") == "c")
  }

  @Test("for temporary data is new every time and private")
  func temporary() throws {
    try withFolder { first in
      try withFolder { second throws in
        #expect(first != second)
        #expect(try Folder.permissions(first) == 0o700)
        #expect(try Folder.names(second) == [])
      }
    }
  }
}
