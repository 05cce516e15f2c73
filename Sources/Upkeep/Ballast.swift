public import Files

/// Disk kept back for the day on which there is none: the file `ballast` in the store.
///
/// Erasing a person writes keys anew, and closing a log that was full writes too. When the disk is
/// full, the file goes and leaves its room; when there is room again, it comes back.
public struct Ballast: Sendable {
  /// The name of the file in the store.
  public static let fileName = "ballast"
  /// The least size: 64 MB.
  public static let leastBytes = 64 << 20

  /// The path of the file.
  public let path: String
  private let store: String

  /// The ballast of a store; nothing is written yet.
  public init(store: String) {
    self.store = store
    path = "\(store)/\(Ballast.fileName)"
  }

  /// The bytes kept back now; 0 when there is no file.
  public var bytes: Int {
    guard Folder.exists(path) else { return 0 }
    return (try? Folder.size(ofFile: path)) ?? 0
  }

  /// Gives the room away when the disk has less than so many bytes left; says whether it did.
  ///
  /// - Throws: `FileError` when the disk cannot be asked or the file not be removed.
  @discardableResult
  public func spend(ifFreeBelow needed: UInt64) throws(FileError) -> Bool {
    guard bytes > 0, try DiskSpace(at: store).free < needed else { return false }
    try Folder.remove(path)
    try Folder.sync(store)
    return true
  }

  /// Gives away a part, for the little that even reading has to write; says whether there was one.
  ///
  /// - Throws: `FileError` when the file cannot be shortened.
  @discardableResult
  public func spend(part: Int) throws(FileError) -> Bool {
    let bytes = bytes
    guard bytes > 0 else { return false }
    let file = try File(path, .update)
    try file.truncate(to: max(0, bytes - part))
    try file.sync()
    return true
  }

  /// Makes the file, or a larger one, where the disk has room for it; says whether it stands now.
  ///
  /// It is made only where at least as much again stays free above the mark at which nothing new is
  /// taken in: the ballast must never be what fills the disk.
  ///
  /// - Parameter wanted: Its size; 0 removes the file.
  /// - Throws: `FileError`.
  @discardableResult
  public func renew(
    bytes wanted: Int, watermarks: DiskWatermarks = .init()
  ) throws(FileError) -> Bool {
    if wanted == 0 {
      try Folder.remove(path)
      return true
    }
    if bytes >= wanted { return true }
    let space = try DiskSpace(at: store)
    let needed = UInt64(2 * wanted) + watermarks.stop.bytes(of: space)
    guard space.free >= needed else { return false }
    let beside = "\(path).new"
    do throws(FileError) {
      try Folder.remove(beside)
      let file = try File(beside, .createNew)
      try file.allocate(wanted)
      try file.sync()
    } catch {
      try? Folder.remove(beside)
      throw error
    }
    try Folder.rename(beside, to: path)
    return true
  }
}
