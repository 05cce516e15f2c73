import Journey
public import Keyring

/// What bringing exported keys back would do: with the files, and because of the log.
public struct KeyImportPlan: Sendable, Equatable {
  /// The export.
  public let export: KeyExport
  /// The key file.
  public let keyPath: String
  /// What becomes of the files of keys.
  public let files: KeyFilesPlan
  /// Erasures that are carried out again, because they were ordered after the export.
  public let reapplied: Int
  /// Orders that were begun and are carried out with them.
  public let open: Int
  /// People without a key afterwards: admitted after the export.
  public let withoutKey: Int

  /// Plans an import into a store that no program changes meanwhile.
  ///
  /// - Throws: `LogError`, `KeyringError`: why nothing can be imported.
  init(
    _ opened: KeyExport.Opened, store path: String, keyPath: String, passphrase: [UInt8]?
  ) throws {
    let image = try LogImage(folder: "\(path)/log")
    defer { try? image.close() }
    // Before anything about the files: keys of another history never belong here.
    _ = try image.keyState(of: opened.watermark())
    let files = try opened.plan(
      keys: "\(path)/keys", keyPath: keyPath, passphrase: passphrase)
    let state = try image.keyState(of: files.watermark)
    var erased: Set<UInt32> = []
    for order in try image.erasureOrders() where order.state != .refused {
      if case .participant(let ref) = order.subject { erased.insert(ref.number) }
    }
    export = opened.export
    self.keyPath = keyPath
    self.files = files
    reapplied = state.reapplied
    open = state.open.count
    withoutKey = files.withoutKey(below: try image.participantCount(), erased: erased)
  }
}
