import EventLog
import Files
import FoundationEssentials
import Journey
import LMDB
import Presentation
import ProjectionEngine
import Upkeep

/// The report of the doctor, for people and for machines.
struct DoctorPage {
  /// One line for people, with what a machine gets of it.
  struct Part {
    let name: String
    let label: LocalizedText
    let state: HealthState
    let words: LocalizedText
    var advice: LocalizedText?
    var facts: [String: JSONValue] = [:]
  }

  let report: HealthReport
  let failure: Failure?
  let store: String
  let option: String
  let console: Console

  private static let textWidth = 58

  var text: String {
    let language = console.language
    var lines: [String] = []
    for part in parts {
      let mark =
        switch part.state {
        case .good: "ok"
        case .notice: "·"
        case .attention: "!"
        case .problem: "!!"
        }
      let head = mark.padded(to: 4) + part.label(language).padded(to: 16)
      let indent = String(repeating: " ", count: 20)
      let words = part.words(language).wrapped(to: Self.textWidth).lines { $0 }
      for (index, line) in words.enumerated() { lines.append((index == 0 ? head : indent) + line) }
      guard let advice = part.advice, part.state > .good else { continue }
      for line in advice(language).wrapped(to: Self.textWidth).lines({ $0 }) {
        lines.append(indent + line)
      }
    }
    let verdict: LocalizedText =
      report.needsSomebody
      ? .init(
        en: "Something needs a person: the lines marked with !.",
        de: "Hier wird ein Mensch gebraucht: siehe die Zeilen mit !.")
      : .init(en: "Nothing needs a person.", de: "Niemand muss etwas tun.")
    return (lines + [verdict(language)]).joined(separator: "\n")
  }

  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
      let checks = parts.map { part -> JSONValue in
        var object: [String: JSONValue] = [
          "name": .text(part.name), "state": .text(part.state.rawValue),
          "message": .text(part.words(console.language)),
        ]
        if let advice = part.advice, part.state > .good {
          object["advice"] = .text(advice(console.language))
        }
        object["facts"] = .object(part.facts)
        return .object(object)
      }
      let document = JSONValue.object([
        "schema": .text("wegmarke.doctor"), "schemaVersion": .number(1), "store": .text(store),
        "examined": .text(Timestamp.text(report.examined)),
        "state": .text(report.state.rawValue), "needsSomebody": .boolean(report.needsSomebody),
        "checks": .list(checks),
      ])
      return String(decoding: try encoder.encode(document), as: UTF8.self)
    }
  }

  /// All parts, in the order in which they matter.
  var parts: [Part] {
    ([
      log, keys, people, erasures, access, backup, keyBackup, drill, disk, map, writer, view,
      checkpoint, leftovers,
    ] + [locale])
    .compactMap { $0 }
  }

  // MARK: Words

  func count(_ number: some BinaryInteger) -> LocalizedText {
    .init(en: NumberStyle(.english).integer(number), de: NumberStyle(.german).integer(number))
  }

  /// A number with its noun.
  func records(_ number: UInt64) -> LocalizedText {
    number == 1
      ? .init(en: "1 record", de: "1 Datensatz")
      : count(number) + .init(en: " records", de: " Datensätze")
  }

  /// An instant with how long ago it was.
  func instant(_ time: Int64) -> LocalizedText {
    let day = StoreZone.day(of: time)
    let (hour, minute) = StoreZone.time(of: time)
    return LocalizedText(
      en:
        "\(EventText(.english).date(day)) \(NumberStyle(.english).time(hour: hour, minute: minute))",
      de:
        "\(EventText(.german).date(day)), \(NumberStyle(.german).time(hour: hour, minute: minute))"
    ) + .init(en: " (\(ago(time).en))", de: " (\(ago(time).de))")
  }

  private func ago(_ time: Int64) -> LocalizedText {
    let minutes = max(0, (report.examined - time) / 60_000_000)
    switch minutes {
    case ..<1: return .init(en: "just now", de: "gerade eben")
    case ..<120: return .init(en: "\(minutes) min ago", de: "vor \(minutes) min")
    case ..<2880: return .init(en: "\(minutes / 60) h ago", de: "vor \(minutes / 60) h")
    default: return .init(en: "\(minutes / 1440) days ago", de: "vor \(minutes / 1440) Tagen")
    }
  }

  func entry(_ entry: BackupRegistry.Entry) -> [String: JSONValue] {
    [
      "when": .text(Timestamp.text(entry.when)), "action": .text(entry.action.rawValue),
      "good": .boolean(entry.isGood), "size": .number(Double(entry.size)),
      "path": .text(entry.path), "note": .text(entry.note),
      "ageSeconds": .number(Double((report.examined - entry.when) / 1_000_000)),
    ]
  }
}
