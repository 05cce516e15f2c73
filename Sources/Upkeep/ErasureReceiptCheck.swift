public import EventLog
public import Journey
import Keyring
public import ProjectionEngine

/// Checks a receipt of an erasure; needs the file alone, and compares with the store where it can.
public struct ErasureReceiptCheck {
  /// The kind of document that a receipt says it is.
  public static let schema = "wegmarke.erasure-receipt"
  /// The version of receipts that is written.
  public static let version = 1.0

  /// Why some bytes are not checked at all.
  public enum Refusal: Error {
    /// They are no receipt.
    case notAReceipt
    /// A newer program wrote them.
    case newerVersion
  }

  /// What is wrong; nothing when the receipt holds.
  public private(set) var problems: [LocalizedText] = []
  /// What was checked and holds.
  public private(set) var holds: [LocalizedText] = []
  /// The receipt.
  public let document: JSONValue

  /// Checks what the file alone tells.
  public init(_ bytes: [UInt8]) throws(Refusal) {
    guard let document = try? JSONValue(parsing: bytes), document["schema"]?.text == Self.schema
    else { throw .notAReceipt }
    guard document["schemaVersion"]?.number == Self.version else { throw .newerVersion }
    self.document = document
    // The bytes themselves: a key given twice would be read as one.
    let written = try? document.encoded()
    if written != bytes && written.map({ $0 + [10] }) != bytes {
      problems.append(
        .init(
          en: "the file: keys are doubled, or it was written anew by another program",
          de: "die Datei: Schlüssel doppelt, oder ein anderes Programm hat sie neu geschrieben"))
    }
    guard let key = checkSignature(), let signed = checkCheckpoint(key) else { return }
    checkOrders(signed)
    checkFindings()
  }

  /// What is signed: a heading, then the document without its signature.
  ///
  /// - Throws: `EncodingError` when a number in it is none.
  public static func message(_ document: JSONValue) throws -> [UInt8] {
    guard case .object(var content) = document else { return [] }
    content["signature"] = nil
    return Array("\(schema) v1\n".utf8) + (try JSONValue.object(content).encoded())
  }

  private mutating func checkSignature() -> NoteKey? {
    guard let text = document["key"]?.text, let key = try? NoteKey(parsing: text),
      key.name == document["origin"]?.text,
      let signature = document["signature"]?.text.flatMap({ ContentDigest.bytes(hex: $0) }),
      let message = try? Self.message(document), key.key.isValid(signature, of: message)
    else {
      problems.append(
        .init(
          en: "the signature does not fit: something was changed",
          de: "die Signatur passt nicht: Etwas wurde verändert"))
      return nil
    }
    holds.append(.init(en: "signature", de: "Signatur"))
    return key
  }

  private mutating func checkCheckpoint(_ key: NoteKey) -> SignedCheckpoint? {
    guard let text = document["checkpoint"]?["note"]?.text,
      let signed = try? SignedCheckpoint(parsing: Array(text.utf8)),
      signed.checkpoint.origin == key.name,
      Double(signed.checkpoint.size) == document["checkpoint"]?["size"]?.number,
      ContentDigest.hex(signed.checkpoint.root) == document["checkpoint"]?["root"]?.text,
      case .valid = signed.note.verdict(of: key)
    else {
      problems.append(
        .init(
          en: "the signed state of the log does not fit", de: "der signierte Stand passt nicht"))
      return nil
    }
    holds.append(
      .init(
        en: "signed state of \(signed.checkpoint.size) records",
        de: "signierter Stand von \(signed.checkpoint.size) Datensätzen"))
    return signed
  }

  /// Every order and its completion stand in the log, say so in clear, and belong together.
  private mutating func checkOrders(_ signed: SignedCheckpoint) {
    let orders = document["orders"]?.list ?? []
    for order in orders {
      guard let number = order["order"]?.number,
        let asked = event(order["orderProof"], at: number, signed),
        let end = order["completion"]?.number,
        let done = event(order["completionProof"], at: end, signed),
        done[Fields.target].map({ Double($0) }) == number, belongs(done, to: asked)
      else {
        problems.append(
          .init(
            en: "an order or its completion is not proved by the log",
            de: "eine Anordnung oder ihr Vollzug ist durch das Protokoll nicht bewiesen"))
        continue
      }
    }
    if orders.isEmpty {
      problems.append(.init(en: "it names no order", de: "es ist keine Anordnung genannt"))
    } else if problems.isEmpty {
      holds.append(
        .init(
          en: "\(orders.count) orders and completions stand in the log",
          de: "\(orders.count) Anordnungen und ihr Vollzug stehen im Protokoll"))
    }
  }

  private func belongs(_ done: JourneyEvent, to asked: JourneyEvent) -> Bool {
    switch (asked.type, done.type) {
    case (.erasureRequested, .erasureCompleted):
      asked[Fields.participant] == done[Fields.participant]
    case (.fieldGroupDropOrdered, .fieldGroupDropped):
      asked[Fields.fieldGroup] == done[Fields.fieldGroup]
    case (.keyRotationOrdered, .keyEpochWritten): true
    default: false
    }
  }

  private func event(
    _ proof: JSONValue?, at number: Double, _ signed: SignedCheckpoint
  ) -> JourneyEvent? {
    guard let text = proof?.text, let file = try? ProofFile(parsing: Array(text.utf8)),
      file.signed == signed, case .inclusion(let inclusion, let record?) = file.claim,
      Double(inclusion.index) == number,
      inclusion.holds(leaf: MerkleHash.leaf(record.span), root: signed.checkpoint.root)
    else { return nil }
    return EventLog.clearEvent(ofRecord: record)
  }

  private mutating func checkFindings() {
    let checks = document["checks"]?.list ?? []
    let failed = checks.filter { $0["holds"] != .boolean(true) }.compactMap { $0["part"]?.text }
    if !failed.isEmpty || document["holds"] != .boolean(true) {
      problems.append(
        .init(
          en: "the receipt itself says what does not hold: \(failed.joined(separator: ", "))",
          de: "die Bescheinigung selbst sagt, was nicht gilt: \(failed.joined(separator: ", "))"))
    }
  }

  /// Compares with the store that the receipt names.
  ///
  /// - Throws: `LogError` when the log cannot be read.
  public mutating func compare(with log: EventLog) throws {
    guard document["origin"]?.text == log.origin else {
      problems.append(
        .init(
          en: "it is of another store (\(document["origin"]?.text ?? ""))",
          de: "sie gehört zu einem anderen Bestand (\(document["origin"]?.text ?? ""))"))
      return
    }
    guard document["key"]?.text == log.verifierKey?.text else {
      problems.append(
        .init(
          en: "the key is not that of this store", de: "der Schlüssel ist nicht der des Bestands"))
      return
    }
    if let text = document["checkpoint"]?["note"]?.text,
      let signed = try? SignedCheckpoint(parsing: Array(text.utf8)), try log.check(signed) == nil
    {
      holds.append(.init(en: "key and state of this store", de: "Schlüssel und Stand des Bestands"))
    } else {
      problems.append(
        .init(
          en: "this store does not continue the signed state",
          de: "dieser Bestand führt den signierten Stand nicht fort"))
    }
  }
}
