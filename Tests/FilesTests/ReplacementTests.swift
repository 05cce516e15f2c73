import Files
import Testing

@Suite("What a killed replacement of a file left")
struct ReplacementTests {
  @Test("is found by the process that runs no more, and overwritten before it is removed")
  func unfinished() throws {
    try withFolder { folder in
      let path = "\(folder)/a.key"
      for name in ["a.key", "a.key.new-1", "a.key.new-2147483646", "a.key.new-x", "b.key.new-9"] {
        try Folder.replace("\(folder)/\(name)", with: [1, 2, 3].span)
      }
      let left = "\(folder)/a.key.new-2147483646"
      // Process 1 always runs; the others are of other files, or of none.
      #expect(Folder.unfinishedReplacements(of: path) == [left])
      let reader = try File(left, .read)
      #expect(try Folder.destroyUnfinishedReplacements(of: path) == [left])
      #expect(try reader.bytes(at: 0, count: 9) == [0, 0, 0])
      #expect(Folder.unfinishedReplacements(of: path).isEmpty)
      #expect(try Folder.names(folder).count == 4)
      #expect(Folder.unfinishedReplacements(of: "\(folder)/none/a").isEmpty)
    }
  }

  @Test("is told from another folder by what is there, not by its name")
  func same() throws {
    try withFolder { folder in
      try Folder.create("\(folder)/a/b")
      try Folder.create("\(folder)/c")
      #expect(Folder.isSame("\(folder)/a", "\(folder)/a/b/.."))
      #expect(!Folder.isSame("\(folder)/a", "\(folder)/c"))
      #expect(!Folder.isSame("\(folder)/a", "\(folder)/none"))
      #expect(!Folder.isSame("\(folder)/none", "\(folder)/none"))
      #expect(Folder.isOwn("\(folder)/a"))
    }
  }

  @Test("and files of others are not trusted, but for the administrator's")
  func owners() throws {
    #expect(Secrecy.trusts(owner: 1000, user: 1000) && Secrecy.trusts(owner: 0, user: 1000))
    #expect(Secrecy.trusts(owner: 1000, user: 0) && !Secrecy.trusts(owner: 1001, user: 1000))
  }
}
