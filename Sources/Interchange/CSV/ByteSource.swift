import Files

/// Where a reader takes its bytes from: a file or memory.
///
/// A source is read once, by one reader; it closes the file it opened when it goes away.
public final class ByteSource {
  /// The name used in messages.
  public let name: String
  let chunkSize: Int
  private let file: OpenFile?
  /// Bytes in memory: all of them, or what was looked at before reading began.
  private var held: [UInt8]
  private var heldOffset = 0

  /// Opens a file.
  ///
  /// Throws ``CSVError`` when the file is missing, is a folder, or cannot be opened.
  public init(path: String) throws(CSVError) {
    name = path
    chunkSize = 1 << 18
    file = try OpenFile(path)
    held = []
  }

  /// Reads bytes from memory, a chunk of the given size at a time.
  public init(bytes: [UInt8], name: String = "memory", chunkSize: Int = 1 << 18) {
    precondition(chunkSize > 0)
    self.name = name
    self.chunkSize = chunkSize
    file = nil
    held = bytes
  }

  /// A class around the noncopyable file, so that a source may do without one.
  private final class OpenFile {
    private let file: File

    init(_ path: String) throws(CSVError) {
      do throws(FileError) { file = try File(path, .read) } catch {
        throw OpenFile.refusal(error)
      }
    }

    func read(into chunk: inout [UInt8]) throws(CSVError) -> Int {
      do throws(FileError) { return try file.readNext(into: &chunk) } catch {
        throw OpenFile.refusal(error)
      }
    }

    private static func refusal(_ error: FileError) -> CSVError {
      if error.isMissing { return CSVError(.fileMissing, source: error.path) }
      if error.isFolder { return CSVError(.fileIsFolder, source: error.path) }
      return CSVError(.fileUnreadable(errno: error.errno), source: error.path)
    }
  }

  /// Fills the chunk from its start and returns how many bytes it got; 0 means the end.
  func read(into chunk: inout [UInt8]) throws(CSVError) -> Int {
    if heldOffset < held.count {
      let count = min(chunk.count, held.count - heldOffset)
      chunk.replaceSubrange(0..<count, with: held[heldOffset..<heldOffset + count])
      heldOffset += count
      return count
    }
    guard let file else { return 0 }
    held = []
    heldOffset = 0
    return try file.read(into: &chunk)
  }

  /// Looks at up to `count` first bytes without consuming them; call before the first read.
  ///
  /// Fewer bytes than asked for mean that the source holds no more.
  func peek(_ count: Int) throws(CSVError) -> [UInt8] {
    guard let file else { return Array(held.prefix(count)) }
    var part = [UInt8](repeating: 0, count: count)
    while held.count < count {
      let got = try file.read(into: &part)
      if got == 0 { break }
      held += part.prefix(got)
    }
    return Array(held.prefix(count))
  }
}
