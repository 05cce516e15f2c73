import EventLog
import Files
import Journey
import Keyring
import Upkeep

/// Copies, exports and readings that the program knows of: none can be called back, so each says what
/// it is still good for, and how that was looked at.
extension ErasureReceipt {
  /// What was copied or handed out.
  enum Kind: String {
    case keyBackup = "key backup"
    case logBackup = "log backup"
    case roleKey = "role key"
    case keyExport = "key export"
    case reading
    case file

    var label: LocalizedText {
      switch self {
      case .keyBackup: .init(en: "key backup", de: "Schlüsselsicherung")
      case .logBackup: .init(en: "log backup", de: "Protokollsicherung")
      case .roleKey: .init(en: "role key", de: "Rollenschlüssel")
      case .keyExport: .init(en: "key export", de: "Schlüsselausfuhr")
      case .reading: .init(en: "shown", de: "gezeigt")
      case .file: .init(en: "file", de: "Datei")
      }
    }
  }

  /// What a copy is good for.
  enum State: String {
    /// It opens under no root key that still exists here.
    case dead
    /// It holds sealed records only.
    case sealed
    /// It holds keys, but none of the erased.
    case withoutThem = "without them"
    /// It is not where it was written.
    case notFound = "not found"
    /// It opens, and holds keys from before the erasure.
    case opens
    /// Its holder did not take over the renewed key.
    case pending
    /// It was handed out, and nobody said that it was destroyed.
    case notProvedDestroyed = "not proved destroyed"
    /// The program did not write it and does not know what it holds.
    case unknown
  }

  func knownCopies() throws -> [Copy] {
    try backups() + roleKeys() + recordedExports() + readings() + strangeFiles()
  }

  // MARK: Backups

  private func backups() throws -> [Copy] {
    let entries = try BackupRegistry(store: log.path).entries()
    let removed = Set(entries.filter { $0.action == .removed }.map(\.path))
    return try entries.compactMap { entry in
      guard entry.isGood, !removed.contains(entry.path) else { return nil }
      let day = StoreZone.day(of: entry.when).description
      switch entry.action {
      case .keys:
        return try keyBackup(entry, day)
      case .full, .increment:
        return Copy(
          kind: .logBackup, place: entry.path, day: day, state: .sealed,
          words: .init(
            en: "holds sealed records only; no key opens those of the erased",
            de: "enthält nur versiegelte Datensätze; die der Gelöschten öffnet kein Schlüssel"),
          how: .init(
            en: "listed when it was made; not read again",
            de: "bei der Sicherung verzeichnet; nicht erneut gelesen"))
      case .current, .drill, .restored, .removed: return nil
      }
    }
  }

  private func keyBackup(_ entry: BackupRegistry.Entry, _ day: String) throws -> Copy {
    func copy(_ state: State, _ words: LocalizedText, how: LocalizedText) -> Copy {
      Copy(kind: .keyBackup, place: entry.path, day: day, state: state, words: words, how: how)
    }
    let isOld = entry.epoch < log.keyring.epoch
    guard Folder.exists("\(entry.path)/ring") else {
      return copy(
        .notFound,
        .init(
          en: "of epoch \(entry.epoch); wherever it is, it opens under the root key of then only",
          de: "aus Epoche \(entry.epoch); wo immer sie liegt, sie öffnet nur unter dem damaligen"
            + " Hauptschlüssel"),
        how: .init(
          en: "looked for it where it was written", de: "dort gesucht, wo sie geschrieben wurde"))
    }
    let how = LocalizedText(
      en: "tried to open it with the root key in use",
      de: "versucht, sie mit dem Hauptschlüssel zu öffnen, der gilt")
    let opens: Bool
    do throws(KeyringError) { opens = try log.keyring.opens(copy: entry.path) } catch {
      return copy(.unknown, Failure(keys: error).message, how: how)
    }
    if !opens {
      return copy(
        .dead,
        .init(
          en: "of epoch \(entry.epoch); opens under no root key that still exists here",
          de: "aus Epoche \(entry.epoch); öffnet unter keinem Hauptschlüssel, den es hier noch gibt"
        ),
        how: how)
    }
    return isOld
      ? copy(
        .opens,
        .init(
          en: "made before the erasure: destroy it", de: "vor der Löschung gemacht: vernichten"),
        how: how)
      : copy(
        .withoutThem,
        .init(
          en: "of the epoch in use, which holds no key of the erased",
          de: "aus der geltenden Epoche, die keinen Schlüssel der Gelöschten hat"), how: how)
  }

  // MARK: Keys handed out

  private func roleKeys() throws -> [Copy] {
    var days: [UInt16: String] = [:]
    for read in try log.events(of: .system) {
      guard let event = read.event, event.type == .roleKeyIssued,
        let number = event[Fields.roleNumber].flatMap({ UInt16(exactly: $0) })
      else { continue }
      days[number] = StoreZone.day(of: read.header.recordedAt).description
    }
    return try log.keyring.roles().map { issued in
      let role = issued.role
      return Copy(
        kind: .roleKey,
        place: "\(role.number) \(role.kind.rawValue)"
          + (role.holder.isEmpty ? "" : " \(role.holder)"),
        day: days[role.number] ?? "", state: issued.isHandoverPending ? .pending : .withoutThem,
        words: issued.isHandoverPending
          ? .init(
            en: "the holder still has the key from before; with an older copy of the keys it opens"
              + " what this role could open",
            de:
              "hat noch den Schlüssel von vorher; mit einer älteren Kopie der Schlüssel öffnet er,"
              + " was die Rolle öffnen durfte")
          : .init(
            en: "is the key in use; it opens nothing of the erased",
            de: "ist der geltende Schlüssel; er öffnet nichts von den Gelöschten"),
        how: .init(
          en: "looked whether the way from the old key to the new one is still open",
          de: "nachgesehen, ob der Weg vom alten zum neuen Schlüssel noch offen steht"))
    }
  }

  /// What was exported and may still exist; what is recorded as destroyed is not listed.
  private func recordedExports() throws -> [Copy] {
    try log.recordedExports().filter { $0.destroyed == nil }.map { export in
      let opens = try orders.contains { try log.mayOpen($0, with: export) }
      let from: LocalizedText =
        switch (export.author, export.recipient) {
        case (let author?, let recipient?):
          .init(en: ", by \(author) for “\(recipient)”", de: ", von \(author) für „\(recipient)“")
        default: .init(verbatim: "")
        }
      let digest = export.digest.map { " (SHA-256 \($0.prefix(16))…)" } ?? ""
      let what =
        ExportWords.content(export.kind)
        + .init(
          en: " of epoch \(export.epoch)\(digest)\(from.en)",
          de: " aus Epoche \(export.epoch)\(digest)\(from.de)")
      return Copy(
        kind: .keyExport, place: "\(export.id) \(export.position)",
        day: StoreZone.day(of: export.recordedAt).description,
        state: opens ? .notProvedDestroyed : .withoutThem,
        words: what + (opens ? ErasureReceipt.opening(export.kind) : ErasureReceipt.notOpening),
        how: .init(
          en: "read in the log; nobody recorded that it was destroyed",
          de: "im Protokoll gelesen; niemand hat ihre Vernichtung festgehalten"))
    }
  }

  private static func opening(_ kind: RecordedExport.Kind) -> LocalizedText {
    switch kind {
    case .keys:
      .init(
        en: "; with an old copy of the log it opens the erased: whoever has it must destroy it",
        de:
          "; mit einer alten Kopie des Protokolls öffnet sie die Gelöschten: wer sie hat, muss sie"
          + " vernichten")
    case .roleKey:
      .init(
        en:
          "; with old copies of keys and log it opens what the role could open: whoever has it must"
          + " destroy it",
        de:
          "; mit alten Kopien von Schlüsseln und Protokoll öffnet sie, was die Rolle öffnen durfte:"
          + " wer sie hat, muss sie vernichten")
    }
  }

  private static let notOpening = LocalizedText(
    en: "; it holds no key of the erased", de: "; sie enthält keinen Schlüssel der Gelöschten")

  // MARK: Readings and strange files

  /// By which commands the erased were shown, and so may stand in files and on paper.
  private func readings() throws -> [Copy] {
    let wanted = erased
    guard !wanted.isEmpty else { return [] }
    var found: [String: (count: Int, last: Int64)] = [:]
    for read in try log.readings(of: nil) where wanted.contains(where: { read.entry.names($0) }) {
      found[read.entry.command, default: (0, 0)].count += 1
      found[read.entry.command]?.last = read.recordedAt
    }
    return found.sorted { $0.key < $1.key }.map { command, times in
      Copy(
        kind: .reading, place: "wegmarke \(command)",
        day: StoreZone.day(of: times.last).description, state: .notProvedDestroyed,
        words: .init(
          en:
            "\(times.count == 1 ? "once" : "\(times.count) times"), last on that day; what was saved"
            + " or printed of it must be destroyed",
          de:
            "\(times.count == 1 ? "einmal" : "\(times.count)-mal"), zuletzt an diesem Tag; was davon"
            + " gespeichert oder gedruckt ist, muss vernichtet werden"),
        how: .init(
          en: "counted in the access log, which says who and when",
          de: "im Zugriffsprotokoll gezählt, das sagt, wer und wann"))
    }
  }

  /// What lies in the store and was not written by this program.
  private func strangeFiles() throws -> [Copy] {
    let known = [
      "log", "keys", "access", "views", BackupRegistry.fileName, Ballast.fileName,
    ]
    return try Folder.names(log.path).filter { !known.contains($0) }.sorted().map { name in
      Copy(
        kind: .file, place: "\(log.path)/\(name)",
        day: StoreZone.day(of: try Folder.modified("\(log.path)/\(name)")).description,
        state: .unknown,
        words: .init(
          en: "lies in the store, but is none of its files: look whether it tells of them",
          de: "liegt im Bestand, gehört aber nicht dazu: bitte nachsehen, ob sie darin stehen"),
        how: .init(
          en: "listed the folder; the file was not read",
          de: "den Ordner aufgelistet; die Datei nicht gelesen"))
    }
  }
}
