import EventLog
import Journey
import Presentation
import ProjectionEngine
import Upkeep

// What the doctor says about the data: log, keys, erasures, backups.
extension DoctorPage {
  var log: Part {
    let label = LocalizedText(en: "Log", de: "Protokoll")
    guard let log = report.log else {
      return Part(
        name: "log", label: label, state: .problem,
        words: failure?.message
          ?? .init(en: "It does not open.", de: "Es lässt sich nicht öffnen."),
        advice: failure?.advice)
    }
    var words =
      records(log.records) + .init(en: " of ", de: " von ") + count(log.participants)
      + .init(en: " people", de: " Personen")
    if let last = log.lastRecorded {
      words = words + .init(en: "; the last ", de: "; zuletzt ") + instant(last)
    }
    if !log.lineage.isEmpty {
      let lives = LocalizedText(
        en: "; restored \(log.lineage.count) time(s)",
        de: "; \(log.lineage.count)-mal wiederhergestellt")
      words = words + lives
    }
    return Part(
      name: "log", label: label, state: log.state, words: words,
      advice: log.isClockBehind
        ? .init(
          en: "The clock of this machine is behind the last record: set it right.",
          de: "Die Uhr dieses Rechners geht nach dem letzten Datensatz: bitte stellen.") : nil,
      facts: [
        "origin": .text(log.origin), "records": .number(Double(log.records)),
        "participants": .number(Double(log.participants)),
        "lastRecorded": log.lastRecorded.map { .text(Timestamp.text($0)) } ?? .null,
        "restores": .number(Double(log.lineage.count)),
        "clockBehind": .boolean(log.isClockBehind),
      ])
  }

  var keys: Part? {
    guard let keys = report.keys else { return nil }
    var words = LocalizedText(en: "epoch \(keys.epoch)", de: "Epoche \(keys.epoch)")
    if keys.exposed.isEmpty {
      words = words + .init(en: ", private", de: ", nur für Sie lesbar")
    } else {
      let list = keys.exposed.prefix(5).joined(separator: "\n")
      words =
        words + .init(en: "; others may read\n", de: "; andere dürfen lesen:\n")
        + .init(verbatim: list)
    }
    if !keys.staleRings.isEmpty {
      let numbers = keys.staleRings.map(String.init).joined(separator: ", ")
      words =
        words
        + .init(
          en: "; rings of roles behind or missing: \(numbers)",
          de: "; Ringe von Rollen unvollständig oder nicht da: \(numbers)")
    }
    let lacking = keys.lacking.sorted { $0.key < $1.key }
    for (number, names) in lacking {
      let names = KeyringWords.subprojects(names)
      words =
        words
        + .init(
          en: "; role \(number) has no keys of \(names.en)",
          de: "; Rolle \(number) hat keine Schlüssel von \(names.de)")
    }
    return Part(
      name: "keys", label: .init(en: "Keys", de: "Schlüssel"), state: keys.state, words: words,
      advice: advice(about: keys),
      facts: [
        "epoch": .number(Double(keys.epoch)), "exposed": .list(keys.exposed.map { .text($0) }),
        "staleRings": .list(keys.staleRings.map { .number(Double($0)) }),
        "lacking": .list(
          lacking.map { number, names in
            .object([
              "role": .number(Double(number)), "subprojects": .list(names.map { .text($0) }),
            ])
          }),
      ])
  }

  private func advice(about keys: HealthReport.Keys) -> LocalizedText {
    if !keys.exposed.isEmpty {
      return .init(en: "Run: chmod go-rwx FILE", de: "Bitte: chmod go-rwx DATEI")
    }
    if !keys.staleRings.isEmpty {
      return .init(
        en: "Run: wegmarke privacy keys restore-rings\(option)",
        de: "Bitte: wegmarke privacy keys restore-rings\(option)")
    }
    return .init(
      en: "If they should: wegmarke privacy keys extend N\(option)",
      de: "Wenn sie es sollen: wegmarke privacy keys extend N\(option)")
  }

  var erasures: Part? {
    guard let open = report.openErasures else { return nil }
    return Part(
      name: "erasures", label: .init(en: "Erasures", de: "Löschungen"),
      state: open > 0 ? .problem : .good,
      words: open > 0
        ? .init(en: "\(open) begun and not ended", de: "\(open) begonnen und nicht beendet")
        : .init(en: "none open", de: "keine offen"),
      advice: report.people.map(\.isSound) == false
        ? .init(
          en: "First the keys, above. That ends them, too.",
          de: "Zuerst die Schlüssel, siehe oben. Das beendet sie auch.")
        : .init(
          en: "To end them, with the root key: wegmarke privacy resume\(option)",
          de: "Zu Ende führen, mit dem Hauptschlüssel: wegmarke privacy resume\(option)"),
      facts: ["open": .number(Double(open))])
  }

  /// The keys of people; not mentioned where the root key is not at hand.
  var people: Part? {
    guard let people = report.people, let state = report.peopleState else { return nil }
    var words = LocalizedText(en: "all whole", de: "alle heil")
    if !people.isSound {
      words = KeyConditionWords.list(people)
    } else if !people.empty.isEmpty {
      let count = people.empty.count
      words = .init(
        en: "\(count) without a key: admitted after the copy that the keys come from",
        de: "\(count) ohne Schlüssel: aufgenommen nach der Kopie, aus der die Schlüssel kommen")
    }
    let first = people.lost.first?.number ?? 0
    return Part(
      name: "people-keys", label: .init(en: "People's keys", de: "Personenschl."), state: state,
      words: words,
      advice: people.isSound
        ? .init(
          en: "A newer copy of the keys brings them back:"
            + " wegmarke privacy keys mend FOLDER\(option)",
          de: "Eine neuere Kopie bringt sie zurück: wegmarke privacy keys mend ORDNER\(option)")
        : .init(
          en: "With a copy of these keys: wegmarke privacy keys mend FOLDER\(option)."
            + " Without one: wegmarke privacy keys give-up \(first) --reason \"…\"\(option)",
          de: "Mit einer Kopie dieser Schlüssel: wegmarke privacy keys mend ORDNER\(option)."
            + " Ohne: wegmarke privacy keys give-up \(first) --reason \"…\"\(option)"),
      facts: [
        "lost": .list(people.lost.map { .number(Double($0.number)) }),
        "empty": .list(people.empty.map { .number(Double($0.number)) }),
      ])
  }

  /// Who read what, compared with what the log says of it.
  var access: Part? {
    guard let access = report.access, let state = report.accessState else { return nil }
    let size = count(access.size)
    return Part(
      name: "access-log", label: .init(en: "Access log", de: "Zugriffe"), state: state,
      words: access.findings.first.map { FindingText.words($0) }
        ?? (access.size == 1
          ? .init(en: "1 entry", de: "1 Eintrag")
          : .init(en: "\(size.en) entries", de: "\(size.de) Einträge")),
      advice: .init(
        en: "Entries were removed or changed. Put STORE/access back from a backup of the log, and"
          + " find out who did it.",
        de: "Einträge wurden entfernt oder verändert. BESTAND/access aus einer Sicherung des"
          + " Protokolls zurückholen und klären, wer es war."),
      facts: [
        "entries": .number(Double(access.size)), "wrong": .number(Double(access.findings.count)),
      ])
  }

  var backup: Part {
    let backups = report.backups
    var words: LocalizedText
    if let good = backups.lastGood {
      words = instant(good.when)
      if report.log != nil {
        words =
          words + .init(en: "; since then ", de: "; seither ") + records(backups.recordsSince)
      }
      if backups.last?.isGood == false {
        words = words + .init(en: ". The last attempt failed", de: ". Der letzte Versuch misslang")
      } else if backups.isReachable == false {
        words =
          words + .init(en: ". Its place is not here now", de: ". Ihr Ort ist gerade nicht da")
      }
    } else {
      words =
        backups.last == nil
        ? .init(en: "none yet", de: "noch keine")
        : .init(en: "none; the last attempt failed", de: "keine; der letzte Versuch misslang")
    }
    if let last = backups.last, !last.isGood { words = words + .init(verbatim: ": \(last.note)") }
    var facts: [String: JSONValue] = [
      "recordsSince": .number(Double(backups.recordsSince)),
      "reachable": backups.isReachable.map { .boolean($0) } ?? .null,
    ]
    facts["last"] = backups.last.map { .object(entry($0)) } ?? .null
    facts["lastGood"] = backups.lastGood.map { .object(entry($0)) } ?? .null
    return Part(
      name: "backup", label: .init(en: "Backup", de: "Sicherung"), state: backups.state,
      words: words,
      advice: .init(
        en: "wegmarke log backup FOLDER\(option)", de: "wegmarke log backup ORDNER\(option)"),
      facts: facts)
  }

  var keyBackup: Part {
    let backups = report.backups
    let words: LocalizedText =
      backups.keys.map { keys in
        instant(keys.when)
          + (backups.areKeysOutdated
            ? .init(
              en: "; of epoch \(keys.epoch): an erasure made it worthless",
              de: "; von Epoche \(keys.epoch): durch eine Löschung wertlos") : .init(verbatim: ""))
      } ?? .init(en: "none known", de: "keine bekannt")
    return Part(
      name: "key-backup", label: .init(en: "Copy of keys", de: "Kopie Schlüssel"),
      state: backups.keyState, words: words,
      advice: .init(
        en: "wegmarke log backup FOLDER --with-keys OTHER\(option)",
        de: "wegmarke log backup ORDNER --with-keys ANDERER\(option)"),
      facts: ["last": backups.keys.map { .object(entry($0)) } ?? .null])
  }

  var drill: Part {
    let drill = report.backups.drill
    let words: LocalizedText =
      drill.map {
        instant($0.when)
          + ($0.isGood
            ? .init(en: "; it went well", de: "; gelungen")
            : .init(en: "; it failed: \($0.note)", de: "; misslungen: \($0.note)"))
      } ?? .init(en: "none yet", de: "noch keine")
    return Part(
      name: "drill", label: .init(en: "Drill", de: "Probe"), state: report.backups.drillState,
      words: words,
      advice: .init(
        en: "wegmarke log restore FOLDER --drill\(option)",
        de: "wegmarke log restore ORDNER --drill\(option)"),
      facts: ["last": drill.map { .object(entry($0)) } ?? .null])
  }
}
