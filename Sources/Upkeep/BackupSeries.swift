public import EventLog
import Files

/// One full backup with the increments on top of it.
///
///     DIR/
///       full-20261130T033012Z/
///         manifest  data.mdb
///         increment-0001/  manifest  records.bundle
///         increment-0002/  …
public struct BackupSeries: Sendable {
  /// One backup of the series with its folder.
  public struct Member: Sendable {
    /// The folder with manifest and data.
    public let folder: String
    /// What it says.
    public let manifest: BackupManifest
  }

  static let fullPrefix = "full-"
  static let incrementPrefix = "increment-"
  static let fullData = "data.mdb"
  static let incrementData = "records.bundle"
  static let accessFolder = "access"
  static let accessData = "access/data.mdb"

  /// The folder of the full backup.
  public let folder: String
  /// The full backup, then its increments in order.
  public let members: [Member]

  /// The log as the last of them has it.
  public var state: LogState { members[members.count - 1].manifest.state }
  /// The access log as the last of them has it; nil where nobody had read anything.
  public var access: AccessState? { last.manifest.access }
  /// The newest copy of the access log; nil where there is none.
  var accessCopy: String? {
    members.last { $0.manifest.files.contains { $0.name == BackupSeries.accessData } }
      .map { "\($0.folder)/\(BackupSeries.accessData)" }
  }
  /// The last of them.
  public var last: Member { members[members.count - 1] }

  /// Reads the manifests of a series; the data are looked at by `check`.
  ///
  /// - Parameter increments: Take only so many; nil takes all there are.
  /// - Throws: `BackupError` with the name of what is missing or does not belong.
  public init(folder: String, increments: Int? = nil) throws(BackupError) {
    self.folder = folder
    let full = Member(folder: folder, manifest: try BackupSeries.manifest(in: folder))
    guard full.manifest.kind == .full else { throw .notABackup(path: folder) }
    var members = [full]
    let numbers = try BackupSeries.incrementNumbers(in: folder)
    let wanted = increments ?? numbers.last ?? 0
    if let increments, increments > numbers.last ?? 0 {
      throw .missing(path: "\(folder)/\(BackupSeries.increment(increments))")
    }
    for number in 0..<wanted {
      let path = "\(folder)/\(BackupSeries.increment(number + 1))"
      guard Folder.exists(path) else { throw .missing(path: path) }
      let member = Member(folder: path, manifest: try BackupSeries.manifest(in: path))
      let before = members[members.count - 1].manifest
      guard member.manifest.kind == .increment, member.manifest.previous == before.digest,
        member.manifest.from == before.state.size,
        member.manifest.state.origin == before.state.origin
      else { throw .notNext(path: path) }
      members.append(member)
    }
    self.members = members
  }

  /// The series in a folder of backups, oldest first; those that cannot be read are left out.
  static func all(in folder: String) -> [BackupSeries] {
    names(in: folder).compactMap { try? BackupSeries(folder: "\(folder)/\($0)") }
  }

  /// The names of full backups in a folder of backups, oldest first.
  ///
  /// A name is a time, and a number where that second has several: `-2` comes before `-10`.
  static func names(in folder: String) -> [String] {
    let names = (try? Folder.names(folder)) ?? []
    return names.filter { $0.hasPrefix(fullPrefix) }.map { name in
      let parts = name.dropFirst(fullPrefix.count).split(separator: "-", maxSplits: 1)
      let number = parts.count > 1 ? Int(parts[1]) ?? Int.max : 0
      return (name: name, time: parts.first.map(String.init) ?? "", number: number)
    }.sorted { ($0.time, $0.number, $0.name) < ($1.time, $1.number, $1.name) }.map(\.name)
  }

  /// The series that a path names: itself, or the newest in a folder of backups.
  ///
  /// - Throws: `BackupError.noBackup` when there is none.
  public static func find(_ path: String, increments: Int? = nil) throws(BackupError)
    -> BackupSeries
  {
    if Folder.exists("\(path)/\(BackupManifest.fileName)") {
      return try BackupSeries(folder: path, increments: increments)
    }
    guard let newest = names(in: path).last else { throw .noBackup(path: path) }
    return try BackupSeries(folder: "\(path)/\(newest)", increments: increments)
  }

  static func increment(_ number: Int) -> String {
    let digits = String(number)
    return incrementPrefix + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static func incrementNumbers(in folder: String) throws(BackupError) -> [Int] {
    let names: [String]
    do throws(FileError) { names = try Folder.names(folder) } catch { throw .file(error) }
    return names.compactMap {
      $0.hasPrefix(incrementPrefix) ? Int($0.dropFirst(incrementPrefix.count)) : nil
    }.sorted()
  }

  private static func manifest(in folder: String) throws(BackupError) -> BackupManifest {
    let path = "\(folder)/\(BackupManifest.fileName)"
    let bytes: [UInt8]
    do throws(FileError) { bytes = try Folder.contents(of: path) } catch {
      throw error.isMissing ? .missing(path: path) : .file(error)
    }
    if let manifest = BackupManifest(parsing: bytes) { return manifest }
    let first = String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self)
    if first.hasPrefix("wegmarke backup v"), first != BackupManifest.heading {
      throw .newerVersion(path: path)
    }
    throw .damaged(path: path)
  }

  /// Reads every byte of the data and compares it with the manifests.
  ///
  /// - Throws: `BackupError` with the name of the file that is missing or damaged.
  public func check() throws(BackupError) {
    for member in members {
      for file in member.manifest.files {
        let path = "\(member.folder)/\(file.name)"
        let found: (bytes: Int, digest: [UInt8])
        do throws(FileError) { found = try FileDigest.of(path) } catch {
          throw error.isMissing ? .missing(path: path) : .file(error)
        }
        guard found.bytes == file.bytes, found.digest == file.digest else {
          throw .damaged(path: path)
        }
      }
    }
  }
}
