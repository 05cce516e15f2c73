import EventLog
import Journey
import Keyring
import ProjectionEngine

/// Checks a receipt of an erasure; needs the file alone, and compares with the store where it can.
struct ErasureReceiptCheck {
  /// What is wrong; nothing when the receipt holds.
  private(set) var problems: [LocalizedText] = []
  /// What was checked and holds.
  private(set) var holds: [LocalizedText] = []
  let document: JSONValue

  /// - Throws: `Failure` when the bytes are no receipt.
  init(_ bytes: [UInt8], file: String) throws {
    guard let document = try? JSONValue(parsing: bytes),
      document["schema"]?.text == ErasureReceipt.schema
    else {
      throw Failure(
        .init(
          en: "\(file) is no receipt of an erasure.",
          de: "\(file) ist keine Bescheinigung einer Löschung."), .data)
    }
    guard document["schemaVersion"]?.number == ErasureReceipt.version else {
      throw Failure(
        .init(
          en: "\(file) was written by a newer program.",
          de: "\(file) hat ein neueres Programm geschrieben."), .data)
    }
    self.document = document
    // The bytes themselves: a key given twice would be read as one.
    let written = try document.encoded()
    if written != bytes && written + [10] != bytes {
      problems.append(
        .init(
          en: "the file: keys are doubled, or it was written anew by another program",
          de: "die Datei: Schlüssel doppelt, oder ein anderes Programm hat sie neu geschrieben"))
    }
    guard let key = try checkSignature(), let signed = checkCheckpoint(key) else { return }
    checkOrders(signed)
    checkFindings()
  }

  private mutating func checkSignature() throws -> NoteKey? {
    guard let text = document["key"]?.text, let key = try? NoteKey(parsing: text),
      key.name == document["origin"]?.text,
      let signature = document["signature"]?.text.flatMap({ ContentDigest.bytes(hex: $0) }),
      key.key.isValid(signature, of: try ErasureReceipt.message(document))
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
  mutating func compare(with log: EventLog) throws {
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
