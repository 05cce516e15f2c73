import EventLog
import Journey
import Keyring
import Presentation

/// Whom a command to erase is about.
struct ErasureSubjects {
  /// Everybody who is to be erased, all refs of merged people.
  private(set) var refs: [ParticipantRef] = []
  /// What is to be said about those who are erased already.
  private(set) var alreadyErased: [LocalizedText] = []
  /// What is to be typed before it begins: the code, or the number of people.
  private(set) var word = ""
  private var people = 0

  init(_ names: [String], in log: EventLog) throws {
    var found: Set<UInt32> = []
    for name in names {
      let ref = try log.find(name)
      if let order = try log.erasureOrder(for: .participant(ref)) {
        let place = order.position.description
        alreadyErased.append(
          .init(
            en: "\(name) was erased already; the receipt: wegmarke privacy receipt '\(place)'",
            de: "\(name) ist schon gelöscht; die Bescheinigung: wegmarke privacy receipt"
              + " '\(place)'"))
        continue
      }
      if found.contains(ref.number) { continue }
      people += 1
      if word.isEmpty { word = try log.keyring.identity(of: ref).code.description }
      for member in try log.mergedPerson(of: ref)
      where try log.erasureOrder(for: .participant(member)) == nil
        && found.insert(member.number).inserted
      {
        refs.append(member)
      }
    }
    if people > 1 { word = "\(people)" }
  }

  /// Refuses words that name the person: they outlive the erasure.
  func refuseTelling(_ text: String, in log: EventLog) throws {
    let lower = text.lowercased()
    for ref in refs {
      let identity = try log.keyring.identity(of: ref)
      var told = [identity.code.description]
      if let id = identity.externalID {
        told.append(id)
        // The id alone, where it is long enough to mean somebody.
        if let own = id.split(separator: ":").last, own.count > 3 { told.append(String(own)) }
      }
      if log.keyring.opens(.identity) {
        for read in try log.events(of: .participant(ref)) {
          for field in [Fields.personName, Fields.contact] {
            if read.event?.type == .identityRecorded, let value = read.event?[field] {
              told.append(value)
            }
          }
        }
      }
      if told.contains(where: { lower.contains($0.lowercased()) }) {
        throw Failure(
          .init(
            en: "The words name the person; they would outlive the erasure.",
            de: "Die Worte nennen die Person; sie würden die Löschung überdauern."),
          advice: .init(
            en: "Say which letter or law it was, not who.",
            de: "Bitte Schreiben oder Vorschrift nennen, nicht die Person."), .data)
      }
    }
  }

  /// What will happen.
  func forecast(_ log: EventLog) throws -> LocalizedText {
    var records = 0
    for ref in refs { records += Int(try log.version(of: .participant(ref))) }
    let nouns = (people == 1 ? "person" : "people", people == 1 ? "Person" : "Personen")
    let merged: LocalizedText =
      refs.count == people
      ? .init(verbatim: "")
      : .init(
        en: " (merged from \(refs.count) entries)", de: " (zusammengeführt aus \(refs.count))")
    return .init(
      en: "\(people) \(nouns.0)\(merged.en), \(records) records become unreadable for everybody."
        + "\nAll keys are written anew, and the file of the root key is replaced."
        + " \(ErasureWords.copies.en)",
      de: "\(people) \(nouns.1)\(merged.de), \(records) Datensätze werden für alle unlesbar."
        + "\nAlle Schlüssel werden neu geschrieben, und die Schlüsseldatei wird ersetzt."
        + " \(ErasureWords.copies.de)")
  }
}

/// Says how far carrying out an order has come.
struct ErasureSteps {
  private let console: Console
  init(_ console: Console) { self.console = console }

  func done(_ step: ErasureStep) throws {
    let words: LocalizedText =
      switch step {
      case .rootKeyWritten: .init(en: "fresh root key written", de: "neuer Hauptschlüssel")
      case .epochWritten: .init(en: "keys written anew", de: "Schlüssel neu geschrieben")
      case .rootKeyReplaced:
        .init(en: "old root key destroyed", de: "alter Hauptschlüssel vernichtet")
      case .oldEpochDestroyed: .init(en: "old keys destroyed", de: "alte Schlüssel vernichtet")
      case .viewsPurged: .init(en: "views removed", de: "Sichten entfernt")
      case .completed: .init(en: "completion recorded", de: "Vollzug festgehalten")
      case .checkpointSigned: .init(en: "state of the log signed", de: "Stand signiert")
      }
    let number = "\(step.rawValue + 1)/\(ErasureStep.allCases.count) "
    console.note(.init(verbatim: number) + words)
  }
}

/// Words about orders and what became of them.
enum ErasureWords {
  static func subject(_ order: ErasureOrder) -> LocalizedText {
    switch order.subject {
    case .participant(let ref):
      .init(en: "person number \(ref.number)", de: "Person Nummer \(ref.number)")
    case .group(let group):
      .init(en: "field group “\(group.label.en)”", de: "Feldgruppe „\(group.label.de)“")
    case .rotation: .init(en: "all keys", de: "alle Schlüssel")
    }
  }

  static func state(_ order: ErasureOrder) -> LocalizedText {
    let place = order.closed.map { " (\($0))" } ?? ""
    return switch order.state {
    case .open: .init(en: "not complete", de: "nicht vollzogen")
    case .completed: .init(en: "carried out\(place)", de: "vollzogen\(place)")
    case .refused: .init(en: "not possible\(place)", de: "nicht möglich\(place)")
    }
  }

  /// What is gone of field groups that were dropped by law, one sentence each.
  static func dropped(_ groups: [FieldGroup: Int]) -> [LocalizedText] {
    groups.sorted { $0.key.rawValue < $1.key.rawValue }.map { group, count in
      let name = KeyringWords.group(group)
      let (records, angaben) = count == 1 ? ("record", "Angabe") : ("records", "Angaben")
      return .init(
        en: "Dropped by law: \(name.en), \(count) \(records). Nobody can read them any more.",
        de: "Durch Gesetz aufgehoben: \(name.de), \(count) \(angaben). Niemand kann sie mehr lesen."
      )
    }
  }

  static func keyFile(_ path: String) -> LocalizedText {
    .init(
      en: "All keys are written anew, and the key file is replaced: \(path)\n\(copies.en)",
      de: "Alle Schlüssel werden neu geschrieben, und die Schlüsseldatei wird ersetzt: \(path)"
        + "\n\(copies.de)")
  }

  /// What a change of keys does to copies that somebody has, and what not.
  static let copies = LocalizedText(
    en: "A copy of the key file alone, or of the keys alone, opens nothing afterwards. Whoever"
      + " copied both before still opens with them what they opened then, and later records of the"
      + " same people.",
    de: "Eine Kopie der Schlüsseldatei allein oder der Schlüssel allein öffnet danach nichts mehr."
      + " Wer vorher beides kopiert hat, öffnet damit weiter, was sie damals öffneten, und spätere"
      + " Datensätze derselben Personen.")

  /// What a run did, and what is to be done now.
  static func done(_ run: ErasureRun, _ store: String) -> LocalizedText {
    let lines = run.orders.map { order in
      subject(order) + .init(verbatim: ": ") + state(order) + .init(verbatim: "\n")
    }
    let list = lines.reduce(LocalizedText(verbatim: ""), +)
    let place = run.orders.first?.position.description ?? run.completed.description
    return list
      + .init(
        en: "Key epoch \(run.epoch): \(run.kept) people with keys, \(run.withoutKey) without."
          + "\nNow: copy the key file anew, make a new backup of the keys, and destroy older copies"
          + " and exports."
          + "\nThe receipt: wegmarke privacy receipt '\(place)'\(store)",
        de: "Schlüsselepoche \(run.epoch): \(run.kept) Personen mit Schlüssel, \(run.withoutKey)"
          + " ohne."
          + "\nJetzt: die Schlüsseldatei neu kopieren, die Schlüssel neu sichern, ältere Kopien und"
          + " Ausfuhren vernichten."
          + "\nDie Bescheinigung: wegmarke privacy receipt '\(place)'\(store)")
  }
}

extension LocalizedText {
  /// Prints the text as a result; on a terminal no line is wider than it.
  func print(on console: Console) throws {
    let text = self(console.language)
    try console.print(console.output.wrapped(text))
  }
}
