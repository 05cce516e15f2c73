import EventLog
import Journey
import Keyring
import Presentation
import ProjectionEngine
import Upkeep

/// What a machine and a person can check of an erasure: signed with the key of the log, bound to a
/// signed state of it.
struct ErasureReceipt {
  /// One thing that was looked at, and how.
  struct Check {
    var part: String
    var holds: Bool
    var how: LocalizedText
    var found: LocalizedText
  }

  /// A copy that somebody made or was shown, and what it is still good for.
  struct Copy {
    var kind: Kind
    var place: String
    var day: String
    var state: State
    /// What the state means.
    var words: LocalizedText
    /// How it was looked at.
    var how: LocalizedText
  }

  let log: EventLog
  let orders: [ErasureOrder]
  let signed: SignedCheckpoint
  private(set) var checks: [Check] = []
  private(set) var copies: [Copy] = []

  /// Looks at everything for orders that were carried out.
  init(_ orders: [ErasureOrder], in log: EventLog, view: JourneysView) throws {
    self.log = log
    self.orders = orders
    let needed = orders.compactMap(\.closed).max().map { $0.number + 1 } ?? 0
    guard let signed = try log.lastCheckpoint(), signed.checkpoint.size >= needed else {
      throw Failure(
        .init(
          en: "The state of the log after the erasure is not signed yet.",
          de: "Der Stand nach der Löschung ist noch nicht signiert."),
        advice: Failure.signNow, .noInput)
    }
    self.signed = signed
    try checkLog()
    try checkRecords()
    try checkKeys()
    try checkViews(view)
    try checkAccessLog()
    copies = try knownCopies()
  }

  var holds: Bool { checks.allSatisfy(\.holds) }

  /// The people whom the orders are about.
  var erased: [ParticipantRef] {
    orders.compactMap { order in
      if case .participant(let ref) = order.subject { ref } else { nil }
    }
  }

  /// A part as people call it.
  static func label(ofPart part: String) -> LocalizedText {
    let german = [
      "log": "Protokoll", "records": "Datensätze", "keys": "Schlüssel",
      "old keys": "alte Schlüssel", "views": "Sichten", "access log": "Zugriffsprotokoll",
    ]
    return .init(en: part, de: german[part] ?? part)
  }

  private mutating func add(
    _ part: String, _ holds: Bool, how: LocalizedText, found: LocalizedText
  ) {
    checks.append(Check(part: part, holds: holds, how: how, found: found))
  }

  // MARK: Checks

  private mutating func checkLog() throws {
    let size = try log.size()
    let problem = try log.check(signed)
    let proof = try log.consistencyProof(from: signed.checkpoint.size, to: size)
    let continues = proof.holds(from: signed.checkpoint.root, to: try log.root(size: size))
    add(
      "log", problem == nil && continues,
      how: .init(
        en: "signature and root of the signed state compared; proof that the log only grew since",
        de: "Signatur und Wurzel des signierten Stands verglichen; Beweis, dass seither nur"
          + " angehängt wurde"),
      found: .init(
        en: "\(signed.checkpoint.size) records signed, \(size) now",
        de: "\(signed.checkpoint.size) Datensätze signiert, jetzt \(size)"))
  }

  private mutating func checkRecords() throws {
    var (total, opened) = (0, 0)
    for order in orders {
      switch order.subject {
      case .participant(let ref):
        let events = try log.events(of: .participant(ref))
        total += events.count
        opened += events.count { $0.event != nil }
      case .group(let group):
        let tried = try log.tryOpening(group)
        total += tried.records
        opened += tried.opened
      case .rotation: break
      }
    }
    // A change of keys alone makes no record unreadable: there is nothing to try.
    if orders.allSatisfy({ $0.subject == .rotation }) { return }
    add(
      "records", opened == 0,
      how: .init(
        en: "tried to open each: with the key of the person, and with that of every field group"
          + " that is left",
        de: "versucht, jeden zu öffnen: mit dem Schlüssel der Person und dem jeder Feldgruppe, die"
          + " es noch gibt"),
      found: .init(
        en: "\(opened) of \(total) records open", de: "\(opened) von \(total) Datensätzen öffnen"))
  }

  private mutating func checkKeys() throws {
    let keyring = log.keyring
    var left = 0
    for order in orders {
      switch order.subject {
      case .participant(let ref):
        do throws(KeyringError) {
          _ = try keyring.participantKey(of: ref)
          left += 1
        } catch { if error != .erased(ref: ref.number) { throw error } }
        do throws(KeyringError) {
          _ = try keyring.identity(of: ref)
          left += 1
        } catch { if error != .erased(ref: ref.number) { throw error } }
      case .group(let group): if keyring.droppedGroups[group] == nil { left += 1 }
      case .rotation: break
      }
    }
    let followed = log.keysFollowed
    let reaches = orders.allSatisfy { $0.position.number < followed }
    add(
      "keys", left == 0 && reaches,
      how: .init(
        en: "read the slots of keys, codes and ids, and how far the keys followed the log",
        de: "Plätze für Schlüssel, Codes und Kennungen gelesen, und wie weit die Schlüssel dem"
          + " Protokoll folgten"),
      found: .init(
        en: "\(left) keys or ids left; key epoch \(keyring.epoch), followed up to \(followed)",
        de: "\(left) Schlüssel oder Kennungen übrig; Schlüsselepoche \(keyring.epoch), gefolgt bis"
          + " \(followed)"))
    let leftovers = try log.leftoverKeyFiles()
    add(
      "old keys", leftovers.isEmpty,
      how: .init(
        en: "looked for older epochs and root keys; they were overwritten in place, then removed",
        de: "nach älteren Epochen und Hauptschlüsseln gesucht; sie wurden überschrieben, dann"
          + " entfernt"),
      found: leftovers.isEmpty
        ? .init(en: "none", de: "keine") : .init(verbatim: leftovers.joined(separator: ", ")))
  }

  private mutating func checkViews(_ view: JourneysView) throws {
    let wanted = Set(erased.map(\.number))
    // Views hold people's journeys and never what a group that can be dropped holds.
    if wanted.isEmpty { return }
    let (halves, _) = try view.scan { _, next in
      var found = 0
      while let block = try next() {
        for index in 0..<block.count
        where block.isKnown(index) && wanted.contains(block.firstRef + UInt32(index)) {
          found += 1
        }
      }
      return found
    }
    let found = halves.reduce(0, +)
    let files = try log.derivedFiles()
    add(
      "views", found == 0,
      how: .init(
        en: "made anew since and read in full; snapshots there are none",
        de: "seither neu gebildet und ganz gelesen; weitere Auszüge gibt es nicht"),
      found: .init(
        en: "\(found) people found in \(files.joined(separator: ", "))",
        de: "\(found) Personen gefunden in \(files.joined(separator: ", "))"))
  }

  /// The access log names people by number alone, and proves that nothing was taken out of it.
  private mutating func checkAccessLog() throws {
    let report = try log.verifyAccess(deep: true)
    add(
      "access log", report.findings.isEmpty,
      how: .init(
        en: "opened every entry, its tree and what the log says of it compared; it stays, sealed,"
          + " and names people by number alone",
        de: "jeden Eintrag geöffnet, Baum und Angaben des Protokolls verglichen; es bleibt,"
          + " versiegelt, und nennt Personen nur mit Nummer"),
      found: .init(
        en: "\(report.size) entries, \(report.findings.count) wrong",
        de: "\(report.size) Einträge, \(report.findings.count) falsch"))
  }

  /// What nobody can check from here.
  static let notCovered = [
    LocalizedText(
      en: "Copies of the key file and of keys that people made by hand: with an old copy of both"
        + " and of the log, the erased could be read. Destroy them.",
      de:
        "Kopien der Schlüsseldatei und der Schlüssel, die jemand von Hand machte: Mit alten Kopien"
        + " von beiden und vom Protokoll wären die Gelöschten lesbar. Bitte vernichten."),
    LocalizedText(
      en: "What a solid-state disk or a file system with snapshots keeps of overwritten bytes.",
      de: "Was eine SSD oder ein Dateisystem mit Schnappschüssen von Überschriebenem behält."),
    LocalizedText(
      en: "Tables, letters and files that left the program, and releases: they stay as published.",
      de:
        "Tabellen, Briefe und Dateien außerhalb des Programms, und Freigaben: Sie bleiben, wie sie"
        + " veröffentlicht wurden."),
  ]

  // MARK: The document

  /// The receipt with its signature.
  func document(program: String, at now: Int64) throws -> JSONValue {
    var content: [String: JSONValue] = [
      "schema": .text(ErasureReceiptCheck.schema),
      "schemaVersion": .number(ErasureReceiptCheck.version),
      "program": .text(program), "issuedAt": .text(Timestamp.text(now)),
      "origin": .text(log.origin), "holds": .boolean(holds),
      "checkpoint": .object([
        "size": .number(Double(signed.checkpoint.size)),
        "root": .text(ContentDigest.hex(signed.checkpoint.root)), "note": .text(signed.text),
      ]),
      "keyEpoch": .number(Double(log.keyring.epoch)),
    ]
    content["orders"] = .list(try orders.map { try document(of: $0) })
    content["checks"] = .list(
      checks.map { check in
        .object([
          "part": .text(check.part), "holds": .boolean(check.holds),
          "how": ErasureReceipt.both(check.how), "found": ErasureReceipt.both(check.found),
        ])
      })
    content["copies"] = .list(
      copies.map { copy in
        .object([
          "kind": .text(copy.kind.rawValue), "where": .text(copy.place), "day": .text(copy.day),
          "state": .text(copy.state.rawValue), "words": ErasureReceipt.both(copy.words),
          "how": ErasureReceipt.both(copy.how),
        ])
      })
    content["notCovered"] = .list(ErasureReceipt.notCovered.map { ErasureReceipt.both($0) })
    guard let key = log.verifierKey else { throw KeyringError.noSigningKey }
    content["key"] = .text(key.text)
    let message = try ErasureReceiptCheck.message(.object(content))
    content["signature"] = .text(ContentDigest.hex(try log.keyring.sign(message)))
    return .object(content)
  }

  private func document(of order: ErasureOrder) throws -> JSONValue {
    var content: [String: JSONValue] = [
      "order": .number(Double(order.position.number)),
      "subject": ErasureReceipt.both(ErasureWords.subject(order)),
      "orderProof": .text(try proof(of: order.position)),
    ]
    if let closed = order.closed {
      content["completion"] = .number(Double(closed.number))
      content["completionProof"] = .text(try proof(of: closed))
      let record = try log.record(at: closed)
      content["completedAt"] = .text(Timestamp.text(record.header.recordedAt))
      let event = EventLog.clearEvent(ofRecord: record.bytes)
      if let count = event?[Fields.count] { content["records"] = .number(Double(count)) }
    }
    return .object(content)
  }

  private func proof(of position: Position) throws -> String {
    let inclusion = try log.inclusionProof(of: position, size: signed.checkpoint.size)
    return ProofFile(
      .inclusion(inclusion, record: try log.record(at: position).bytes), signed
    ).text
  }

  private static func both(_ text: LocalizedText) -> JSONValue {
    .object(["en": .text(text.en), "de": .text(text.de)])
  }
}
