import EventLog
import Files
import Journey
import Keyring
import Presentation

/// What a verification found, as sentences.
enum FindingText {
  /// One finding as a sentence.
  static func words(_ finding: VerificationFinding) -> LocalizedText {
    switch finding {
    case .missing(let from, let end):
      let last = Position(end.number - 1)
      let range = from == last ? "\(from)" : "\(from)–\(last)"
      return .init(en: "Records \(range) are missing.", de: "Datensätze \(range) fehlen.")
    case .record(let position, let problem):
      return record(
        position, .init(en: "cannot be read: ", de: "ist nicht lesbar: ") + problem.words)
    case .position(let position, let stated):
      return record(position, .init(en: "says that it is \(stated)", de: "nennt sich \(stated)"))
    case .time(let position, let time, let before):
      return record(
        position,
        .init(
          en: "was recorded before the one in front of it: "
            + "\(Timestamp.text(time)), \(Timestamp.text(before))",
          de: "wurde vor seinem Vorgänger erfasst: "
            + "\(Timestamp.text(time)), \(Timestamp.text(before))"))
    case .streamVersion(let position, let stream, let expected, let found):
      return record(
        position,
        .init(
          en: "is number \(found) of \(name(stream).en); expected \(expected)",
          de: "ist Nummer \(found) von \(name(stream).de); erwartet \(expected)"))
    case .previous(let position, let stream, let expected, let found):
      return record(
        position,
        .init(
          en: "names \(place(found).en) as its predecessor in \(name(stream).en);"
            + " expected \(place(expected).en)",
          de: "nennt \(place(found).de) als Vorgänger in \(name(stream).de);"
            + " erwartet \(place(expected).de)"))
    case .participant(let position, let ref, let count):
      return record(
        position,
        .init(
          en: "belongs to participant number \(ref); the store counts \(count)",
          de: "gehört zu Person Nummer \(ref); der Bestand zählt \(count)"))
    case .seal(let position, let error):
      return record(position, reason(.init(en: "does not open", de: "öffnet nicht"), error))
    case .payload(let position, let problem):
      return record(
        position,
        .init(en: "opens to no known event: ", de: "enthält kein bekanntes Ereignis: ")
          + problem.words)
    case .event(let position, let problem):
      return record(
        position,
        .init(en: "does not fit its event type: ", de: "passt nicht zu seinem Ereignistyp: ")
          + problem.words)
    case .header(let position, let kind, let group):
      return record(
        position,
        .init(
          en: "has a header (\(kind), \(group.name)) that is not its event's",
          de: "hat einen Kopf (\(kind), \(group.name)), der nicht zum Ereignis gehört"))
    case .target(let position, let target):
      return record(
        position,
        .init(
          en: "corrects #\(target), which is no earlier record of its stream",
          de: "berichtigt #\(target), keinen früheren Datensatz desselben Stroms"))
    default: return table(finding)
    }
  }

  /// A finding outside the records.
  private static func table(_ finding: VerificationFinding) -> LocalizedText {
    switch finding {
    case .leaf(let position):
      return .init(
        en: "The tree keeps another hash of record \(position).",
        de: "Der Baum führt eine andere Prüfsumme von Datensatz \(position).")
    case .node(let level, let index):
      return .init(
        en: "Hash \(index) on level \(level) of the tree is wrong.",
        de: "Prüfsumme \(index) auf Ebene \(level) des Baums ist falsch.")
    case .tile(let level, let index, let hashes, let expected):
      return .init(
        en: "Tile \(level)/\(index) of the tree has \(hashes) hashes; expected \(expected).",
        de: "Kachel \(level)/\(index) des Baums hat \(hashes) Prüfsummen; erwartet \(expected).")
    case .root(let tiles, let records):
      let roots = (ContentDigest.hex(tiles).prefix(16), ContentDigest.hex(records).prefix(16))
      return .init(
        en: "The tree has the root \(roots.0)…; the records give \(roots.1)….",
        de: "Der Baum hat die Wurzel \(roots.0)…; die Datensätze ergeben \(roots.1)….")
    case .head(let stream, let version, let last, let expectedVersion, let expectedLast):
      return .init(
        en: "The table of streams ends \(name(stream).en) at number \(version), \(place(last).en);"
          + " the records at \(expectedVersion), \(place(expectedLast).en).",
        de: "Die Stromtabelle beendet \(name(stream).de) bei Nummer \(version),"
          + " \(place(last).de); die Datensätze bei \(expectedVersion), \(place(expectedLast).de).")
    case .entries(let table, let surplus):
      return .init(
        en: "The table “\(table.rawValue)” has \(surplus) entries that mean nothing.",
        de: "Die Tabelle „\(table.rawValue)“ hat \(surplus) Einträge ohne Bedeutung.")
    case .checksum(let table, let entries):
      return .init(
        en: "The table “\(table.rawValue)”: \(entries) \(entries == 1 ? "entry" : "entries")"
          + " with a wrong checksum.",
        de: "Die Tabelle „\(table.rawValue)“: \(entries)"
          + " \(entries == 1 ? "Eintrag" : "Einträge") mit falscher Prüfsumme.")
    case .request(let first, let count, let size):
      return .init(
        en: "An idempotency key names \(count) records from \(first); the log has \(size).",
        de: "Ein Wiederholungsschlüssel nennt \(count) Datensätze ab \(first);"
          + " das Protokoll hat \(size).")
    case .index(let ref):
      return .init(
        en: "Participant number \(ref.number) is not found by code or id.",
        de: "Person Nummer \(ref.number) ist über Code oder Kennung nicht zu finden.")
    case .identity(let ref, let error):
      let opens = LocalizedText(
        en: "Code and id of participant number \(ref.number) do not open",
        de: "Code und Kennung von Person Nummer \(ref.number) öffnen nicht")
      return reason(opens, error) + .init(verbatim: ".")
    case .slot(let problem):
      return KeyConditionWords.problem(problem).asSentence
    case .erasedWithoutOrder(let ref):
      return KeyConditionWords.gone(ref).asSentence
    case .keyOutlivesErasure(let ref):
      return .init(
        en: "Person number \(ref.number) was erased, and the key is still there.",
        de: "Person Nummer \(ref.number) wurde gelöscht, und der Schlüssel ist noch da.")
    case .orders(let count):
      return .init(
        en: "The table of erasures differs from the records in \(count) entries.",
        de: "Die Tabelle der Löschungen weicht in \(count) Einträgen von den Datensätzen ab.")
    case .checkpoint(let size, let problem):
      return words(
        problem,
        of: .init(
          en: "The checkpoint signed at size \(size)",
          de: "Der bei Größe \(size) signierte Prüfpunkt"
        ))
    default: return .init(verbatim: "\(finding)")
    }
  }

  /// What is wrong with a checkpoint.
  ///
  /// - Parameter name: How the sentence begins.
  static func words(_ problem: CheckpointProblem, of name: LocalizedText) -> LocalizedText {
    let rest: LocalizedText =
      switch problem {
      case .unreadable(let error):
        .init(
          en: " is none: line \(error.line), expected \(error.expected.words.en).",
          de: " ist keiner: Zeile \(error.line), erwartet: \(error.expected.words.de).")
      case .otherOrigin(let origin):
        .init(
          en: " is of another log: \(origin).", de: " ist von einem anderen Protokoll: \(origin).")
      case .unsigned:
        .init(
          en: " is not signed with the key of this log.",
          de: " ist nicht mit dem Schlüssel dieses Protokolls signiert.")
      case .noKey:
        .init(
          en: " cannot be checked: the keys at hand hold none that signs checkpoints.",
          de: " ist nicht prüfbar: Unter den Schlüsseln ist keiner, der Prüfpunkte signiert.")
      case .wrongSignature:
        .init(en: " has a wrong signature.", de: " hat eine falsche Signatur.")
      case .beyondEnd(let size):
        .init(
          en: " knows more records than the log, which has \(size): its end is missing.",
          de: " kennt mehr Datensätze als das Protokoll mit \(size): Ihm fehlt das Ende.")
      case .otherRoot(let found):
        .init(
          en: " has another root; the log has \(ContentDigest.hex(found).prefix(16))…:"
            + " it was changed.",
          de: " hat eine andere Wurzel; das Protokoll hat \(ContentDigest.hex(found).prefix(16))…:"
            + " Es wurde verändert.")
      }
    return name + rest
  }

  /// What is wrong with the access log.
  static func words(_ finding: AccessFinding) -> LocalizedText {
    let (en, de) =
      switch finding {
      case .missing(let position): ("entry \(position) is missing", "Eintrag \(position) fehlt")
      case .changed(let position):
        ("entry \(position) was changed", "Eintrag \(position) wurde verändert")
      case .sealed(let position):
        ("entry \(position) does not open", "Eintrag \(position) öffnet nicht")
      case .tile: ("its tree is not that of its entries", "sein Baum passt nicht zu den Einträgen")
      case .anchor(let position, let size):
        (
          "record \(position) of the log knows other entries, or more, at size \(size)",
          "Datensatz \(position) kennt bei Größe \(size) andere oder mehr Einträge"
        )
      }
    return LocalizedText(en: "Access log: \(en).", de: "Zugriffsprotokoll: \(de).")
  }

  private static func record(_ position: Position, _ what: LocalizedText) -> LocalizedText {
    LocalizedText(en: "Record \(position) ", de: "Datensatz \(position) ") + what
      + .init(verbatim: ".")
  }

  /// What happened, with the reason that the keys give.
  private static func reason(_ what: LocalizedText, _ error: KeyringError) -> LocalizedText {
    let message = Failure(keys: error).message
    func clause(_ text: String) -> String { text.hasSuffix(".") ? String(text.dropLast()) : text }
    return LocalizedText(
      en: "\(what.en) (\(clause(message.en)))", de: "\(what.de) (\(clause(message.de)))")
  }

  private static func place(_ position: Position?) -> LocalizedText {
    position.map { .init(verbatim: "\($0)") } ?? .init(en: "none", de: "keinen")
  }

  private static func name(_ stream: StreamID) -> LocalizedText {
    switch stream.kind {
    case .participant:
      .init(en: "participant number \(stream.ref)", de: "Person Nummer \(stream.ref)")
    case .network: .init(en: "network \(stream.ref)", de: "Netzwerk \(stream.ref)")
    case .release: .init(en: "the release stream", de: "dem Veröffentlichungsstrom")
    case .system: .init(en: "the system stream", de: "dem Systemstrom")
    }
  }
}
