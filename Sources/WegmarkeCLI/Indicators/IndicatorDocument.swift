import EventLog
import Journey
import ProjectionEngine

/// The JSON form of indicators: schema `wegmarke.indicators`, version 1.
///
/// A contract, described in `docs/indicators.md`: keys are only ever added.
struct IndicatorDocument {
  let page: IndicatorPage

  /// The document: keys sorted, indented; equal figures give equal bytes.
  func bytes() throws -> [UInt8] { try document.encoded() + [UInt8(ascii: "\n")] }

  private var document: JSONValue {
    let (set, table) = (page.set, page.table)
    let verdict = page.verdict
    let judged = verdict.judged.filter { !verdict.open.contains($0.code) }
    return .object([
      "schema": .text("wegmarke.indicators"), "schemaVersion": .number(1),
      "definition": .object([
        "name": .text(set.name), "version": number(set.version), "digest": .text(set.digest),
      ]),
      "period": .object([
        "name": .text(page.period), "from": .text("\(page.request.period.lowerBound)"),
        "to": .text("\(page.request.period.upperBound)"),
      ]),
      "by": .list(table.groupNames.map { .text($0) }),
      "simulated": .boolean(page.knowledge.isSimulated),
      "state": state(page.knowledge),
      "last": page.last.map { state($0) } ?? .null,
      "groups": .list(
        table.groups.map { group in
          .object([
            "values": values(group),
            "indicators": .list(set.indicators.compactMap { indicator($0, group) }),
          ])
        }),
      "closed": .list(set.indicators.compactMap { closed($0) }),
      "checks": .object([
        "judged": .list(judged.map { .text($0.code) }),
        "broken": .list(
          Array(Set(page.findings.map(\.check))).sorted().map { .text($0) }),
      ]),
      "findings": .list(page.findings.map { finding($0) }),
      "incomplete": number(page.incomplete),
    ])
  }

  private func number(_ number: Int) -> JSONValue { .number(Double(number)) }

  private func values(_ group: [String?]) -> JSONValue {
    .list(group.map { $0.map { .text($0) } ?? .null })
  }

  private func state(_ knowledge: Knowledge) -> JSONValue {
    .object([
      "size": .number(Double(knowledge.size)), "on": .text("\(knowledge.referenceDay)"),
    ])
  }

  /// Figures of one indicator by column; nil for one of which nothing can be said.
  private func indicator(_ indicator: Indicator, _ group: [String?]) -> JSONValue? {
    guard page.table.figures(indicator.code, in: group) != nil else { return nil }
    let hasGender = indicator.basis != .entities
    var columns: [String: JSONValue] = [:]
    for column in GenderColumn.allCases where hasGender || column == .total {
      guard let found = page.table.figures(indicator.code, in: group, column) else { continue }
      columns[column.rawValue] = .object([
        "yes": number(found.yes), "no": number(found.no), "unknown": number(found.unknown),
        "notDue": number(found.notDue), "notAsked": number(found.notAsked),
        "inPeriod": number(found.inPeriod),
      ])
    }
    return .object([
      "code": .text(indicator.code), "table": number(indicator.table.rawValue),
      "reference": indicator.reference.map { .text($0) } ?? .null, "columns": .object(columns),
    ])
  }

  private func closed(_ indicator: Indicator) -> JSONValue? {
    guard let reason = page.table.closed[indicator.code] else { return nil }
    let word =
      switch reason {
      case .key: "key"
      case .dropped: "dropped"
      case .notStated: "not-stated"
      }
    return .object(["indicator": .text(indicator.code), "reason": .text(word)])
  }

  private func finding(_ finding: IndicatorFinding) -> JSONValue {
    let drop = page.drops.first { $0.finding == finding }
    return .object([
      "check": .text(finding.check), "indicator": .text(finding.indicator),
      "group": values(finding.group), "column": .text(finding.column.rawValue),
      "found": number(finding.found), "expected": number(finding.expected),
      "causes": .list((drop?.causes ?? []).map { cause($0) }),
      "gained": number(drop?.gained ?? 0), "passed": number(drop?.passed ?? 0),
    ])
  }

  private func cause(_ cause: IndicatorDrop.Cause) -> JSONValue {
    .object([
      "record": .number(Double(cause.position.number)),
      "participant": page.name(cause.participant).map { .text($0) } ?? .null,
      "type": .text(cause.event.type.name), "change": number(cause.change),
    ])
  }
}
