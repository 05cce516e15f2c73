import EventLog
import Files
import Journey
import LMDB
import Presentation
import ProjectionEngine
import Upkeep

// What the doctor says about the machine and what is derived: disk, map, writer, view.
extension DoctorPage {
  var disk: Part {
    let disk = report.disk
    let free = BackupPage.bytes(disk.space.free)
    let share = LocalizedText(
      en: NumberStyle(.english).percent(disk.space.freeShare),
      de: NumberStyle(.german).percent(disk.space.freeShare))
    let back = BackupPage.bytes(disk.ballast)
    var words =
      free + .init(en: " free (\(share.en))", de: " frei (\(share.de))")
      + (disk.ballast > 0
        ? .init(en: ", \(back.en) kept back", de: ", \(back.de) Rücklage")
        : .init(en: ", nothing kept back", de: ", keine Rücklage"))
    if disk.verdict == .full {
      words = words + .init(en: "; nothing new is taken in", de: "; Neues wird nicht aufgenommen")
    }
    return Part(
      name: "disk", label: .init(en: "Disk", de: "Datenträger"), state: disk.state, words: words,
      advice: disk.verdict == .roomy
        ? .init(
          en: "The next writing keeps it back.", de: "Das nächste Schreiben legt sie an.")
        : .init(en: "Make room on this disk.", de: "Bitte Platz auf diesem Datenträger schaffen."),
      facts: [
        "freeBytes": .number(Double(disk.space.free)),
        "totalBytes": .number(Double(disk.space.total)),
        "warningBytes": .number(Double(disk.warningBytes)),
        "stopBytes": .number(Double(disk.stopBytes)), "ballastBytes": .number(Double(disk.ballast)),
        "wantedBallastBytes": .number(Double(disk.wantedBallast)),
      ])
  }

  var map: Part? {
    guard let map = report.map else { return nil }
    let information = map.information
    let used = BackupPage.bytes(information.usedBytes)
    let share = LocalizedText(
      en: NumberStyle(.english).percent(map.usedShare),
      de: NumberStyle(.german).percent(map.usedShare))
    var words =
      used
      + .init(
        en: ", \(share.en) of the map; \(information.activeReaders) reader(s)",
        de: ", \(share.de) des Adressraums; Lesende: \(information.activeReaders)")
    if information.oldestReaderLag > 0 {
      let lag = count(information.oldestReaderLag)
      words =
        words
        + .init(
          en: ", the oldest \(lag.en) commit(s) behind",
          de: ", am weitesten zurück: \(lag.de) Schreibvorgänge")
    }
    if map.isPinned, let process = information.oldestReaderProcess {
      let name = map.pinning.map { " (\($0.program))" } ?? ""
      let minutes = map.pinning.map { Int($0.seconds / 60) }
      words =
        words
        + .init(
          en: ". Process \(process)\(name) holds an old state"
            + (minutes.map { ", for at most \($0) min" } ?? "") + ": the file grows meanwhile",
          de: ". Prozess \(process)\(name) hält einen alten Stand"
            + (minutes.map { ", seit höchstens \($0) min" } ?? "") + ": Die Datei wächst derweil")
    }
    return Part(
      name: "map", label: .init(en: "File, readers", de: "Datei, Lesende"), state: map.state,
      words: words,
      advice: map.isPinned
        ? .init(en: "End that process.", de: "Bitte diesen Prozess beenden.")
        : .init(en: "It grows by itself.", de: "Er wächst von selbst."),
      facts: [
        "usedBytes": .number(Double(information.usedBytes)),
        "mapBytes": .number(Double(information.mapSize)),
        "readers": .number(Double(information.activeReaders)),
        "maxReaders": .number(Double(information.maxReaders)),
        "oldestReaderLag": .number(Double(information.oldestReaderLag)),
        "oldestReaderProcess": information.oldestReaderProcess.map { .number(Double($0)) } ?? .null,
        "oldestReaderSecondsAtMost": map.pinning.map { .number($0.seconds.rounded()) } ?? .null,
        "pinned": .boolean(map.isPinned),
      ])
  }

  var writer: Part {
    let writer = report.writer
    let words: LocalizedText
    var process: JSONValue = .null
    switch writer.lock {
    case .held(let pid):
      let who = [writer.program, pid.map { "PID \($0)" }].compactMap { $0 }.joined(separator: ", ")
      words = .init(en: "somebody writes (\(who))", de: "es wird geschrieben (\(who))")
      if let pid { process = .number(Double(pid)) }
    case .free where writer.isStale:
      words = .init(
        en: "nobody; a program that was killed left its name, which means nothing",
        de: "niemand; ein abgebrochenes Programm ließ seinen Namen zurück, das bedeutet nichts")
    case .free: words = .init(en: "nobody", de: "niemand")
    case .unknown: words = .init(en: "the system does not tell", de: "das System sagt es nicht")
    }
    return Part(
      name: "writer", label: .init(en: "Writer", de: "Schreibend"), state: writer.state,
      words: words,
      facts: [
        "held": .boolean(writer.lock != .free && writer.lock != .unknown), "process": process,
        "stale": .boolean(writer.isStale),
      ])
  }

  var view: Part? {
    guard let view = report.view else { return nil }
    var words: LocalizedText
    var advice: LocalizedText = .init(
      en: "wegmarke views rebuild\(option)", de: "wegmarke views rebuild\(option)")
    if let problem = view.problem {
      let failure = Failure(view: problem)
      words = failure.message
      advice = failure.advice ?? advice
    } else if let standing = view.standing {
      words =
        view.lag == 0
        ? .init(en: "up to date; last written ", de: "auf dem Stand; zuletzt geschrieben ")
          + instant(standing.lastProgress)
        : records(view.lag)
          + .init(en: " behind; last written ", de: " zurück; zuletzt geschrieben ")
          + instant(standing.lastProgress)
      if view.isStalled, let since = view.waitingSince {
        words =
          words + .init(en: "; the oldest waits since ", de: "; am längsten seit ")
          + instant(since)
      }
    } else {
      words = .init(
        en: "none; the next question makes it", de: "keine; die nächste Frage bildet sie")
    }
    if let process = view.refreshing {
      words =
        words
        + .init(
          en: "; process \(process) refreshes it",
          de: "; Prozess \(process) bringt sie auf den Stand")
    }
    return Part(
      name: "view", label: .init(en: "View", de: "Sicht"), state: view.state, words: words,
      advice: advice,
      facts: [
        "covered": view.standing.map { .number(Double($0.size)) } ?? .null,
        "lag": .number(Double(view.lag)),
        "lastProgress": view.standing.map { .text(Timestamp.text($0.lastProgress)) } ?? .null,
        "waitingSince": view.waitingSince.map { .text(Timestamp.text($0)) } ?? .null,
        "stalled": .boolean(view.isStalled),
        "refreshingProcess": view.refreshing.map { .number(Double($0)) } ?? .null,
      ])
  }

  var checkpoint: Part? {
    guard let checkpoints = report.checkpoints else { return nil }
    let words: LocalizedText =
      checkpoints.size.map { size in
        LocalizedText(en: "size ", de: "Größe ") + count(size)
          + (checkpoints.coveredUntil.map {
            LocalizedText(en: ", known until ", de: ", Stand ") + instant($0)
          } ?? .init(verbatim: ""))
          + .init(en: "; since then ", de: "; seither ") + records(checkpoints.recordsSince)
      } ?? .init(en: "none signed", de: "keiner signiert")
    return Part(
      name: "checkpoint", label: .init(en: "Checkpoint", de: "Prüfpunkt"),
      state: checkpoints.state, words: words,
      advice: .init(
        en: "wegmarke log checkpoint -o FILE\(option)",
        de: "wegmarke log checkpoint -o DATEI\(option)"),
      facts: [
        "size": checkpoints.size.map { .number(Double($0)) } ?? .null,
        "coveredUntil": checkpoints.coveredUntil.map { .text(Timestamp.text($0)) } ?? .null,
        "recordsSince": .number(Double(checkpoints.recordsSince)),
      ])
  }

  var locale: Part {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    let name = names.lazy.compactMap { Console.environment[$0] }.first { !$0.isEmpty } ?? "C"
    let isUnicode = name.lowercased().replacing("-", with: "").hasSuffix("utf8")
    return Part(
      name: "locale", label: .init(en: "Locale", de: "Umgebung"),
      state: isUnicode ? .good : .notice,
      words: .init(
        en: "\(name); days end at midnight in Europe/Berlin",
        de: "\(name); Tage enden um Mitternacht in Europe/Berlin"),
      advice: .init(
        en: "Set LC_ALL to a UTF-8 locale, or umlauts may be shown wrongly.",
        de: "LC_ALL auf eine UTF-8-Umgebung setzen, sonst fehlen Umlaute."),
      facts: ["name": .text(name), "utf8": .boolean(isUnicode)])
  }

  /// What crashes left; not mentioned where there is nothing.
  var leftovers: Part? {
    guard !report.leftovers.isEmpty else { return nil }
    let list = report.leftovers.prefix(5).joined(separator: "\n")
    return Part(
      name: "leftovers", label: .init(en: "Left by a crash", de: "Rest v. Absturz"),
      state: .notice, words: .init(verbatim: list),
      advice: .init(
        en: "Nothing reads them. To remove them: wegmarke doctor --sweep\(option)",
        de: "Niemand liest das. Entfernen: wegmarke doctor --sweep\(option)"),
      facts: ["paths": .list(report.leftovers.map { .text($0) })])
  }
}
