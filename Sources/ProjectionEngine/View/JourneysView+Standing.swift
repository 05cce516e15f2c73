import EventLog
import Files
import LMDB
import Synchronization

extension JourneysView {
  /// Where the view stands, for whoever watches over it.
  public struct Standing: Sendable, Equatable {
    /// The number of records it covers.
    public let size: UInt64
    /// When its file was last written, in microseconds since 1970 UTC.
    public let lastProgress: Int64
  }

  /// Where the view stands; nil when there is none that this program reads.
  ///
  /// Waits for nobody: a program that hangs while it refreshes the view is found out by this, and
  /// must not stop it.
  ///
  /// - Throws: `ViewError.aheadOfLog` or `.otherLineage` when the view does not belong to the log.
  public func standing() throws(ViewError) -> Standing? {
    do {
      let pointer = "\(folder)/journeys"
      guard Folder.exists(pointer) else { return nil }
      let name = String(decoding: try Folder.contents(of: pointer), as: UTF8.self)
      let path = "\(folder)/\(name)"
      guard name.hasPrefix("journeys-"), !name.contains("/"), Folder.exists("\(path)/data.mdb")
      else { return nil }
      let checkpoint: ViewCheckpoint?
      if let open = opened.withLock({ $0 }), open.name == name {
        checkpoint = try open.environment.read { try open.checkpoint($0) }
      } else {
        let environment = try Environment(path: path, options: .reading)
        let meta = try environment.database("meta")
        let key = Array("checkpoint".utf8)
        let bytes = try environment.read { try $0.value(for: key.span, in: meta)?.copied() }
        try environment.close()
        checkpoint = bytes.flatMap { ViewCheckpoint(bytes: $0) }
      }
      guard let checkpoint else { return nil }
      try checkpoint.check(against: log, path: path)
      return Standing(
        size: checkpoint.size, lastProgress: try Folder.modified("\(path)/data.mdb"))
    } catch { throw ViewError(wrapping: error) }
  }
}
