import Files
import Glibc
import Testing

@Suite("A file")
struct FileTests {
  @Test("holds what was written at an offset, with zeros before it")
  func offsets() throws {
    try withFolder { folder in
      let file = try File("\(folder)/a", .createNew)
      try file.write([7, 8, 9].span, at: 5)
      #expect(try file.size() == 8)
      #expect(try file.bytes(at: 0, count: 8) == [0, 0, 0, 0, 0, 7, 8, 9])
      try file.write([1].span, at: 6)
      #expect(try file.bytes(at: 5, count: 3) == [7, 1, 9])
      try file.truncate(to: 6)
      #expect(try Folder.contents(of: "\(folder)/a") == [0, 0, 0, 0, 0, 7])
      try file.sync()
    }
  }

  @Test("says in both languages why it cannot be opened")
  func words() throws {
    try withFolder { folder in
      try Folder.replace("\(folder)/a", with: [1].span)
      for (path, german) in [
        ("\(folder)/a/b", "ein Teil des Pfads ist kein Ordner"), ("\(folder)/c", "gibt es nicht"),
      ] {
        let error = #expect(throws: FileError.self) { _ = try File(path, .read) }
        #expect(error?.germanMessage == german)
        #expect(error?.systemMessage != german && error?.systemMessage.isEmpty == false)
      }
      #expect(FileError.germanMessage(EDOM) == FileError.systemMessage(EDOM))
    }
  }

  @Test("gives fewer bytes at its end, and none behind it")
  func end() throws {
    try withFolder { folder in
      let file = try File("\(folder)/a", .createNew)
      try file.write([1, 2, 3].span, at: 0)
      #expect(try file.bytes(at: 2, count: 10) == [3])
      #expect(try file.bytes(at: 3, count: 10) == [])
      var buffer = [UInt8](repeating: 0xEE, count: 4)
      #expect(try file.read(into: &buffer, at: 1) == 2)
      #expect(buffer == [2, 3, 0xEE, 0xEE])
    }
  }

  @Test("is read as a stream until its end")
  func stream() throws {
    try withFolder { folder in
      try Folder.replace("\(folder)/a", with: [1, 2, 3, 4, 5].span)
      let file = try File("\(folder)/a", .read)
      var buffer = [UInt8](repeating: 0, count: 3)
      #expect(try file.readNext(into: &buffer) == 3)
      #expect(buffer == [1, 2, 3])
      #expect(try file.readNext(into: &buffer) == 2)
      #expect(buffer.prefix(2) == [4, 5])
      #expect(try file.readNext(into: &buffer) == 0)
    }
  }

  @Test("is private when it is made, and is not made twice")
  func creation() throws {
    try withFolder { folder in
      let path = "\(folder)/a"
      _ = try File(path, .createNew)
      #expect(try Folder.permissions(path) == 0o600)
      let again = failure { _ = try File(path, .createNew) }
      #expect(again?.errno == EEXIST)
      #expect(again?.action == .open)
      #expect(again?.path == path)
      _ = try File("\(folder)/b", .update)
      #expect(try Folder.permissions("\(folder)/b") == 0o600)
    }
  }

  @Test("that is missing, a folder, or open for reading only says so")
  func failures() throws {
    try withFolder { folder in
      let missing = failure { _ = try File("\(folder)/none", .read) }
      #expect(missing?.isMissing == true)
      #expect(missing?.isDiskFull == false)
      #expect(missing?.description == "open \(folder)/none: No such file or directory")
      #expect(try File(folder, .read).isFolder())
      try Folder.replace("\(folder)/a", with: [1].span)
      let file = try File("\(folder)/a", .read)
      #expect(try !file.isFolder())
      #expect(failure { try file.write([2].span, at: 0) }?.action == .write)
      #expect(failure { _ = try Folder.contents(of: folder) }?.action == .read)
    }
  }

  @Test("on a full device says that the device is full")
  func diskFull() throws {
    let device = try File("/dev/full", .update)
    let error = failure { try device.write([1].span, at: 0) }
    #expect(error?.isDiskFull == true)
  }
}
