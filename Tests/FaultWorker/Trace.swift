import Files

/// What a program did to the files of a store, in the order in which the device saw it.
///
/// Written by the preloaded library (`Tests/FaultLibrary`); numbers are in the order of the machine.
struct Trace {
  enum Operation: UInt32 {
    case write = 1
    case sync, truncate, create, rename, unlink, makeFolder, link, say, exit
  }

  struct Entry {
    let operation: Operation
    /// Written through a descriptor that forces every write to the device.
    let isSynchronous: Bool
    let inode: UInt64
    let parent: UInt64
    let otherParent: UInt64
    let offset: Int
    let name: String
    let otherName: String
    let bytes: [UInt8]
  }

  struct Malformed: Error {
    let offset: Int
  }

  var entries: [Entry] = []

  init(_ path: String) throws {
    let file = try Folder.contents(of: path)
    var at = 0
    while at < file.count {
      guard at + 56 <= file.count,
        let operation = Operation(rawValue: UInt32(Trace.number(file, at, 4)))
      else { throw Malformed(offset: at) }
      let length = Int(Trace.number(file, at + 40, 8))
      let name = at + 56..<at + 56 + Int(Trace.number(file, at + 48, 4))
      let otherName = name.upperBound..<name.upperBound + Int(Trace.number(file, at + 52, 4))
      let hasData = operation == .write || operation == .say
      let data = otherName.upperBound..<otherName.upperBound + (hasData ? length : 0)
      guard data.upperBound <= file.count else { throw Malformed(offset: at) }
      entries.append(
        Entry(
          operation: operation, isSynchronous: Trace.number(file, at + 4, 4) != 0,
          inode: Trace.number(file, at + 8, 8), parent: Trace.number(file, at + 16, 8),
          otherParent: Trace.number(file, at + 24, 8), offset: Int(Trace.number(file, at + 32, 8)),
          name: String(decoding: file[name], as: UTF8.self),
          otherName: String(decoding: file[otherName], as: UTF8.self), bytes: Array(file[data])))
      at = data.upperBound
    }
  }

  private static func number(_ bytes: [UInt8], _ at: Int, _ count: Int) -> UInt64 {
    (0..<count).reversed().reduce(0) { $0 << 8 | UInt64(bytes[at + $1]) }
  }
}
