import Files
import Synchronization

/// A file of equal slots, one per participant, addressed by ref.
///
/// Slots are plain file bytes, not database pages, so that overwriting one really destroys what
/// it held.
final class SlotFile: Sendable {
  /// Bytes before slot 0: magic, version, slot size.
  static let headerSize = 64

  let slotSize: Int
  let path: String
  private let file: Mutex<FileBox>

  struct FileBox: ~Copyable {
    let file: File
  }

  init(path: String, magic: String, slotSize: Int, create: Bool) throws(KeyringError) {
    self.slotSize = slotSize
    self.path = path
    var header = Array(magic.utf8)
    header += [0, 0, 0, 1, 0, 0, UInt8(slotSize >> 8), UInt8(slotSize & 0xFF)]
    header += [UInt8](repeating: 0, count: SlotFile.headerSize - header.count)
    do {
      if create {
        let file = try File(path, .createNew)
        try file.write(header.span, at: 0)
        try file.sync()
        self.file = Mutex(FileBox(file: file))
      } else {
        // Opening for update would create what is missing and hide that it was.
        guard Folder.exists(path) else { throw KeyringError.keysMissing(path: path) }
        let file = try File(path, .update)
        let found = try file.bytes(at: 0, count: SlotFile.headerSize)
        guard found == header else { throw SlotFile.refusal(found, magic, path) }
        self.file = Mutex(FileBox(file: file))
      }
    } catch let error as FileError where error.isMissing {
      throw .keysMissing(path: path)
    } catch {
      throw KeyringError(wrapping: error)
    }
  }

  private static func refusal(_ found: [UInt8], _ magic: String, _ path: String) -> KeyringError {
    guard found.count == headerSize, found.starts(with: magic.utf8) else {
      return .damaged(path: path, slot: nil)
    }
    let version = found[8..<12].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return version > 1
      ? .newerVersion(path: path, version: version) : .damaged(path: path, slot: nil)
  }

  /// The bytes of consecutive slots; shorter at the end of the file.
  func read(_ slots: Range<Int>) throws(KeyringError) -> [UInt8] {
    do {
      return try file.withLock { box in
        try box.file.bytes(
          at: SlotFile.headerSize + slots.lowerBound * slotSize, count: slots.count * slotSize)
      }
    } catch { throw KeyringError(wrapping: error) }
  }

  /// Writes consecutive slots and forces them to the device, unless more will follow.
  func write(_ bytes: [UInt8], at slot: Int, syncing: Bool = true) throws(KeyringError) {
    do {
      try file.withLock { box in
        try box.file.write(bytes.span, at: SlotFile.headerSize + slot * slotSize)
        if syncing { try box.file.sync() }
      }
    } catch { throw KeyringError(wrapping: error) }
  }

  /// Forces everything written to the device.
  func sync() throws(KeyringError) {
    do {
      try file.withLock { box in try box.file.sync() }
    } catch { throw KeyringError(wrapping: error) }
  }
}

extension KeyringError {
  init(wrapping error: any Error) {
    switch error {
    case let error as KeyringError: self = error
    case let error as FileError: self = .file(error)
    default: self = .sealBroken
    }
  }
}
