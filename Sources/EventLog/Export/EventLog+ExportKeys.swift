import Files
import Journey
public import Keyring

/// What is to be exported, and what the log shall say of it.
public struct KeyExportRequest: Sendable {
  /// Which keys.
  public var content: KeyExport.Content
  /// For whom, or for what place; sealed, because it may name people.
  public var recipient: String
  /// Who exports; sealed too.
  public var author: String
  /// Why, where stated; sealed too.
  public var reason: String?

  /// Describes an export.
  public init(
    _ content: KeyExport.Content, for recipient: String, by author: String, reason: String? = nil
  ) {
    self.content = content
    self.recipient = recipient
    self.author = author
    self.reason = reason
  }
}

extension EventLog {
  /// Exports keys into a file sealed under a passphrase, and records it.
  ///
  /// The file gets its name when the log knows it: a crash leaves a recorded export without a file, or
  /// a file `.building` that was never handed out, and never one that nobody knows of.
  ///
  /// - Throws: `AppendError`; then there is no file.
  public func exportKeys(
    _ request: KeyExportRequest, to path: String, passphrase: [UInt8]
  ) throws(AppendError) -> RecordedExport {
    let building = "\(path).building"
    var isReserved = false
    do {
      // Takes the name, so that nothing that stands there already is replaced.
      _ = try File(path, .createNew)
      isReserved = true
      let export = KeyExport(
        id: "KX-\(ContentDigest.hex(RandomBytes.make(4)).uppercased())", origin: origin,
        content: request.content, epoch: keyring.epoch)
      try RootKey.destroy(at: building)
      let digest = try keyring.export(export, to: building, passphrase: passphrase)
      var exported = own(.keysExported)
      exported[Fields.exportID] = export.id
      exported[Fields.keyEpoch] = Int(export.epoch)
      exported[Fields.fileDigest] = ContentDigest.hex(digest)
      if case .role(let number) = request.content { exported[Fields.roleNumber] = Int(number) }
      var described = own(.exportDescribed)
      described[Fields.exportID] = export.id
      described[Fields.recipient] = request.recipient
      described[Fields.author] = request.author
      described[Fields.reason] = request.reason
      try append(AppendRequest([.init(.stream(.system), expecting: .any, [exported, described])]))
      try Folder.rename(building, to: path)
      try Folder.sync(Folder.parent(of: path))
      guard let recorded = try recordedExports().last(where: { $0.id == export.id }) else {
        throw LogError.truncated(path: self.path, what: export.id)
      }
      return recorded
    } catch {
      try? RootKey.destroy(at: building)
      if isReserved { try? Folder.remove(path) }
      throw AppendError(wrapping: error)
    }
  }

  /// Records that the file of an export was destroyed, so that receipts list it no more.
  ///
  /// - Throws: `AppendError`.
  @discardableResult
  public func recordDestruction(
    of export: RecordedExport, reason: String, author: String
  ) throws(AppendError) -> Position {
    var destroyed = own(.keyExportDestroyed)
    destroyed[Fields.exportID] = export.id
    var described = own(.exportDescribed)
    described[Fields.exportID] = export.id
    described[Fields.author] = author
    described[Fields.reason] = reason
    return try append(
      AppendRequest([.init(.stream(.system), expecting: .any, [destroyed, described])])
    ).first
  }
}
