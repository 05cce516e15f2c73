/// Where a reader takes its bytes from: a file, an open descriptor, or memory.
///
/// A source is read once, by one reader; it closes the file it opened when it goes away.
public final class ByteSource {
  /// The name used in messages.
  public let name: String
  let chunkSize: Int
  private let descriptor: CInt?
  private let ownsDescriptor: Bool
  /// Bytes in memory: all of them, or what was looked at before reading began.
  private var held: [UInt8]
  private var heldOffset = 0

  /// Opens a file.
  ///
  /// Throws ``CSVError`` when the file is missing, is a folder, or cannot be opened.
  public init(path: String) throws(CSVError) {
    name = path
    chunkSize = 1 << 18
    descriptor = try openForReading(path)
    ownsDescriptor = true
    held = []
  }

  /// Reads from a descriptor that stays the caller's to close, such as standard input.
  public init(descriptor: CInt, name: String) {
    self.name = name
    chunkSize = 1 << 18
    self.descriptor = descriptor
    ownsDescriptor = false
    held = []
  }

  /// Reads bytes from memory, a chunk of the given size at a time.
  public init(bytes: [UInt8], name: String = "memory", chunkSize: Int = 1 << 18) {
    precondition(chunkSize > 0)
    self.name = name
    self.chunkSize = chunkSize
    descriptor = nil
    ownsDescriptor = false
    held = bytes
  }

  deinit {
    if let descriptor, ownsDescriptor { closeDescriptor(descriptor) }
  }

  /// Fills the chunk from its start and returns how many bytes it got; 0 means the end.
  func read(into chunk: inout [UInt8]) throws(CSVError) -> Int {
    if heldOffset < held.count {
      let count = min(chunk.count, held.count - heldOffset)
      chunk.replaceSubrange(0..<count, with: held[heldOffset..<heldOffset + count])
      heldOffset += count
      return count
    }
    guard let descriptor else { return 0 }
    held = []
    heldOffset = 0
    return try readDescriptor(descriptor, into: &chunk, name: name)
  }

  /// Looks at up to `count` first bytes without consuming them; call before the first read.
  ///
  /// Fewer bytes than asked for mean that the source holds no more.
  func peek(_ count: Int) throws(CSVError) -> [UInt8] {
    guard let descriptor else { return Array(held.prefix(count)) }
    var part = [UInt8](repeating: 0, count: count)
    while held.count < count {
      let got = try readDescriptor(descriptor, into: &part, name: name)
      if got == 0 { break }
      held += part.prefix(got)
    }
    return Array(held.prefix(count))
  }
}
