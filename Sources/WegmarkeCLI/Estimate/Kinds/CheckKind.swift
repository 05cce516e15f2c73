import Journey
import Statistics

/// `estimate check`: what is wrong with people's rows.
enum CheckKind: EstimateKind {
  static let name = "check"
  static let summary = LocalizedText(
    en: "gaps, overlaps, impossible moves in people's rows",
    de: "Lücken, Überschneidungen und unmögliche Wechsel (--id)")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let table = input.table
    let stop = try input.stopName()
    let start = input.startName(usual: ["start", "tstart"])
    let id = try input.name(input.options.id, usual: ["id"], option: "id")
    var from: [Int]?
    var to: [Int]?
    let (fromName, toName) = (input.options.from ?? "from", input.options.to ?? "to")
    if table.has(fromName), table.has(toName) {
      let (sources, targets) = (try table.column(fromName), try table.column(toName))
      let names = Labels(sources.texts + targets.texts).names
      from = sources.codes.map { names.firstIndex(of: sources.texts[Int($0)]) ?? 0 }
      to = targets.codes.map { code in
        let text = targets.texts[Int(code)]
        return input.isCensored(text)
          ? StateFollowUp.stays : names.firstIndex(of: text) ?? StateFollowUp.stays
      }
    }
    let faults = FollowUpCheck.faults(
      subjects: try table.column(id).codes.map { Int($0) },
      starts: try start.map(table.numbers), stops: try table.numbers(stop), from: from, to: to)
    var result = EstimateResult(
      title: faults.isEmpty
        ? .init(
          en: "Nothing is wrong with \(table.count) rows.",
          de: "An \(table.count) Zeilen ist nichts auszusetzen.")
        : .init(
          en: "\(faults.count) faults in \(table.count) rows",
          de: "\(faults.count) Fehler in \(table.count) Zeilen"),
      columns: [
        .init("id", .text, en: "PERSON", de: "PERSON"),
        .init("fault", .text, en: "FAULT", de: "FEHLER"),
        .init("place", .text, en: "ROW", de: "ZEILE"),
        .init("next_place", .text, en: "NEXT ROW", de: "NÄCHSTE ZEILE"),
      ])
    for fault in faults {
      result.append([
        .text(input.personName(fault.subject, id)), .text(fault.kind.rawValue),
        .text(table.place(row: fault.row)), .text(fault.next.map { table.place(row: $0) } ?? ""),
      ])
    }
    return result
  }
}

/// `estimate share`: the share of rows with the event, without time.
enum ShareKind: EstimateKind {
  static let name = "share"
  static let summary = LocalizedText(
    en: "share of rows with the event, with Wilson's limits",
    de: "Anteil der Zeilen mit dem Ereignis, mit Grenzen nach Wilson")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    var result = EstimateResult(
      title: .init(en: "Share with the event", de: "Anteil mit dem Ereignis"),
      columns: [
        .init("stratum", .text, en: "GROUP", de: "GRUPPE"),
        .init("n", .count, en: "ROWS", de: "ZEILEN"),
        .init("n_event", .count, en: "EVENTS", de: "EREIGNISSE"),
        .init("share", .number, en: "SHARE", de: "ANTEIL"),
        .init("lower", .number, en: "LOWER", de: "UNTEN"),
        .init("upper", .number, en: "UPPER", de: "OBEN"),
      ])
    let events = try input.events()
    for group in try EstimateGroups(input).all {
      let count = group.rows.count { events[$0] }
      let share = try WilsonInterval(
        successes: count, of: group.rows.count, level: input.options.level)
      result.append([
        .text(group.name), .number(Double(share.total)), .number(Double(count)),
        .number(share.estimate), .number(share.limits?.lower), .number(share.limits?.upper),
      ])
    }
    let level = EstimateInput.text((input.options.level * 1e6).rounded() / 1e4)
    result.facts.append(
      (
        key: "interval", value: "wilson",
        words: .init(en: "\(level)% limits (Wilson)", de: "\(level)-%-Grenzen (Wilson)")
      ))
    return result
  }
}
