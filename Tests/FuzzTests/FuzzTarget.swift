/// What a reader of strange bytes is fed, and what must hold whatever they are.
///
/// Every target takes any bytes at all. It may refuse them with an error of its own; it may not
/// trap, and what it accepts must hold together: written again it is the same, read in other pieces
/// it says the same. A broken promise is thrown as `FuzzFinding`.
enum FuzzTarget: String, CaseIterable, Sendable {
  // The log.
  case record, payload
  // Proofs.
  case proof, checkpoint, key
  // Keys.
  case ring, participants, identities
  case rootKey = "root-key"
  case keyExport = "key-export"
  // The view.
  case block, catalogue
  case viewCheckpoint = "view-checkpoint"
  // What was given away and comes back.
  case bundle, manifest, receipt
  // What people hand in.
  case csv, plan, mapping, question, expression, answer, words

  /// Gives bytes to the reader.
  ///
  /// - Throws: `FuzzFinding` when a promise is broken; what the reader refuses is caught.
  func feed(_ bytes: [UInt8]) throws {
    switch self {
    case .record: try LogBytes.record(bytes)
    case .payload: try LogBytes.payload(bytes)
    case .proof: try LogBytes.proof(bytes)
    case .checkpoint: try LogBytes.checkpoint(bytes)
    case .key: try LogBytes.key(bytes)
    case .ring, .participants, .identities: try KeyBytes.feed(bytes, as: rawValue)
    case .rootKey: try KeyBytes.rootKey(bytes)
    case .keyExport: try ExportBytes.feed(bytes)
    case .block: try ViewBytes.block(bytes)
    case .catalogue: try ViewBytes.catalogue(bytes)
    case .viewCheckpoint: ViewBytes.checkpoint(bytes)
    case .bundle: try CopyBytes.bundle(bytes)
    case .manifest: try CopyBytes.manifest(bytes)
    case .receipt: try CopyBytes.receipt(bytes)
    case .csv: try TextBytes.csv(bytes)
    case .plan: try TextBytes.plan(bytes)
    case .mapping: try TextBytes.mapping(bytes)
    case .question: try TextBytes.question(bytes)
    case .expression: try TextBytes.expression(bytes)
    case .answer: try TextBytes.answer(bytes)
    case .words: try TextBytes.words(bytes)
    }
  }
}

/// A promise that some bytes broke.
struct FuzzFinding: Error, CustomStringConvertible {
  let description: String

  /// Throws when a promise does not hold.
  static func unless(_ holds: Bool, _ promise: @autoclosure () -> String) throws {
    if !holds { throw FuzzFinding(description: promise()) }
  }
}
