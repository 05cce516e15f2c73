import Foundation
import Testing

@Suite("wegmarke export answer")
struct ExportAnswerTests {
  @Test("describes every column of every question, and gives the figures of wegmarke ask")
  func questions() throws {
    let desk = try Desk.simulated(people: 150)
    let names = try desk.expect("questions list").split(separator: "\n").dropFirst()
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(names.count > 20)
    for name in names {
      try desk.expect("export answer \(name) --on 2026-06-30 -o a.csv")
      let figures = try desk.read("a.csv").split(separator: "\n")
      let asked = try desk.expect("ask \(name) --on 2026-06-30 -f csv").split(separator: "\n")
      #expect(figures.first == asked.first && figures.count == asked.count, "\(name)")
      let package = try JSONSerialization.jsonObject(
        with: Data(try desk.read("a.datapackage.json").utf8))
      let resources = (package as? [String: Any])?["resources"] as? [[String: Any]]
      let schema = resources?.first?["schema"] as? [String: Any]
      let fields = try #require(schema?["fields"] as? [[String: Any]])
      #expect(
        fields.map { $0["name"] as? String } == figures[0].split(separator: ",").map(String.init))
      for field in fields {
        let (name, title) = (field["name"] as? String, field["title"] as? String)
        // One that nobody described would be called by its name; some short names say it all.
        let speaks = ["yes", "no", "people", "state", "share", "cohort"].contains(name ?? "")
        #expect(speaks || name != title, "\(name ?? "?") lacks a description")
      }
    }
  }

  @Test("gives cell for cell the figures of wegmarke ask -f json, of every question")
  func cells() throws {
    let desk = try Desk.simulated(people: 150)
    let names = try desk.expect("questions list").split(separator: "\n").dropFirst()
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    var compared = 0
    for name in names {
      let asked = try JSONSerialization.jsonObject(
        with: Data(try desk.expect("ask \(name) --on 2026-06-30 -f json").utf8))
      let expected = AnswerCells.rows(of: try #require(asked as? [String: Any]))
      let table = try desk.expect("export answer \(name) --on 2026-06-30 -f ndjson")
      let all = try table.split(separator: "\n").map { line in
        try #require(
          try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      }
      // The document leaves out the moves that nobody made.
      let rows = AnswerCells.inOrder(all.filter { !AnswerCells.isEmptyMove($0) })
      #expect(rows.count == expected.count, "\(name)")
      for (row, cells) in zip(rows, AnswerCells.inOrder(expected)) {
        for (column, value) in cells {
          let found = row[column] ?? nil
          #expect(
            AnswerCells.same(found, value),
            "\(name): \(column): \(found ?? "nothing"), not \(value ?? "nothing")")
          compared += 1
        }
      }
    }
    #expect(compared > 3_000)
  }

  @Test("warns of what is not complete, as wegmarke ask does")
  func warnings() throws {
    let desk = try Desk.simulated(people: 150)
    for options in ["retention-after-job-start --rule a", "retention-after-job-start --mature"] {
      let command = "\(options) --on 2026-06-30"
      let asked = try desk.run("ask \(command) -f json")
      let exported = try desk.run("export answer \(command) -f csv")
      #expect(!asked.errors.isEmpty && exported.errors == asked.errors, "\(exported)")
    }
  }

  @Test("and of people: gives the columns asked for, in their order, and describes these alone")
  func columns() throws {
    let desk = try Desk.simulated(people: 60)
    try desk.expect("export answer retention-point --on 2026-06-30 --columns yes,horizon -o a.csv")
    #expect(try desk.read("a.csv").hasPrefix("yes,horizon\n"))
    #expect(try !desk.read("a.codebook.md").contains("share_all"))
    for format in ["csv", "ndjson", "json", "de-csv", "parquet"] {
      try desk.expect("export spells --columns started_on,person -f \(format) -o s.\(format)")
    }
    let csv = try desk.read("s.csv").split(separator: "\n")
    #expect(
      csv[0] == "started_on,person" && csv[1].contains(/^\d{4}-\d\d-\d\d,P-\d+$/), "\(csv[1])")
    #expect(try desk.read("s.ndjson").hasPrefix("{\"started_on\":"))
    let wrong = try desk.run("export spells --columns startedon -o s.csv")
    #expect(wrong.exitCode == 64 && wrong.errors.contains("Did you mean “started_on”?"), "\(wrong)")
    #expect(try desk.run("export spells --columns person,person").exitCode == 64)
    #expect(try desk.run("export events -f xes --columns person").exitCode == 64)
  }

  @Test("is typed, says nothing where nothing is defined, and has its codebook in both languages")
  func forms() throws {
    let desk = try Desk.simulated(people: 150)
    let question = "answer retention-point --by gender --on 2026-06-30"
    let lines = try desk.expect("export \(question) -f ndjson").split(separator: "\n")
    let first = try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any]
    #expect(first?["stratum"] is String && first?["yes"] is Int, "\(lines[0])")
    #expect(!lines.contains { $0.contains("NA") })
    let german = try desk.expect("export \(question) -f de-csv")
    #expect(german.contains(";0,") && !german.contains("NA"), "\(german)")
    try desk.expect("export \(question) -f parquet -o a.parquet")
    #expect(
      try Data(contentsOf: URL(filePath: "\(desk.folder)/a.parquet")).prefix(4) == Data("PAR1".utf8)
    )
    let book = try desk.read("a.codebook.md")
    #expect(book.contains("Simulierte Daten") && book.contains("ja von allen Fälligen"))
    #expect(book.contains("yes of all due") && book.contains("retention-point v"), "\(book)")
    let wrong = try desk.run("export answer retention-pointt")
    #expect(wrong.exitCode == 64 && wrong.errors.contains("Did you mean"), "\(wrong)")
  }
}

/// The rows of a table of figures, as `wegmarke ask -f json` gives them.
private enum AnswerCells {
  typealias Object = [String: Any]

  /// Every row with the cells that the document holds.
  static func rows(of document: Object) -> [[String: Any?]] {
    let kind = (document["definition"] as? Object)?["kind"] as? String ?? ""
    return list(document["groups"]).flatMap { group -> [[String: Any?]] in
      let stratum = (group["values"] as? [Any] ?? []).map { $0 as? String ?? "(not stated)" }
      let name = stratum.isEmpty ? "all" : stratum.joined(separator: ", ")
      return rows(of: group, kind).map { row in
        var row = row
        row["stratum"] = name
        return row
      }
    }
  }

  private static func rows(of group: Object, _ kind: String) -> [[String: Any?]] {
    switch kind {
    case "time-to-event":
      let causes = list(group["incidence"])
      guard causes.isEmpty else {
        return causes.flatMap { cause in
          list(cause["curve"]).map { point in
            [
              "cause": cause["cause"], "time": point["time"], "n_event": point["events"],
              "incidence": point["incidence"], "se_incidence": point["standardError"],
              "lower_log_log": point["lower"], "upper_log_log": point["upper"],
            ]
          }
        }
      }
      return list(group["curve"]).map { point in
        [
          "time": point["time"], "n_risk": point["atRisk"], "n_event": point["events"],
          "n_censor": point["censored"], "surv": point["survival"],
          "se_surv": point["standardError"], "lower_log_log": point["lower"],
          "upper_log_log": point["upper"],
        ]
      }
    case "point", "count":
      let rows: [[String: Any?]] = list(group["rows"]).map { row in
        [
          "row": row["code"], "horizon": row["horizon"], "yes": row["yes"], "no": row["no"],
          "unknown": row["unknown"], "not_due": row["notDue"], "excluded": row["excluded"],
          "not_asked": row["notAsked"], "asked_unknown": row["askedUnknown"],
          "share_all": row["all"], "share_known": row["known"], "bound_lower": row["lowerBound"],
          "bound_upper": row["upperBound"], "coverage": row["coverage"],
          "early_yes": row["earlyYes"], "early_no": row["earlyNo"],
        ]
      }
      return rows
        + list(group["numbers"]).flatMap { number in
          list(number["summaries"]).map { summary in
            [
              "row": number["code"], "yes": number["known"], "unknown": number["unknown"],
              "not_due": number["notDue"], "not_asked": number["notAsked"],
              "asked_unknown": number["askedUnknown"], "summary": summary["name"],
              "value": summary["value"], "value_lower": summary["lower"],
              "value_upper": summary["upper"],
            ]
          }
        }
    case "transitions":
      return list(group["fromIndex"]).flatMap { horizon in
        list(horizon["counts"]).map { count in
          [
            "horizon": horizon["horizon"], "not_due": horizon["notDue"],
            "from": count["from"], "to": count["to"], "people": count["people"],
          ]
        }
      }
    case "sequences":
      return list(group["shapes"]).enumerated().map { place, shape in
        ["rank": place + 1, "people": shape["people"], "share": shape["share"]]
      }
    case "table":
      return (list(group["cohorts"]) + [group["total"] as? Object ?? [:]]).flatMap { cohort in
        list(cohort["at"]).map { cell in
          [
            "cohort": cohort["cohort"] as? String ?? "all", "n": cohort["units"],
            "horizon": cell["horizon"], "due": cell["due"], "n_risk": cell["atRisk"],
            "share": cell["share"], "se_share": cell["standardError"], "lower": cell["lower"],
            "upper": cell["upper"], "followed": cell["followed"], "happened": cell["happened"],
            "crude": cell["crude"],
          ]
        }
      }
    default: return []
    }
  }

  /// Whether a row counts moves from one state to another, and there was none.
  static func isEmptyMove(_ row: [String: Any?]) -> Bool {
    row.keys.contains("from") && (row["people"] as? NSNumber)?.intValue == 0
  }

  /// Moves in an order of their own, as document and table have others; all else as it stands.
  static func inOrder(_ rows: [[String: Any?]]) -> [[String: Any?]] {
    guard rows.contains(where: { $0.keys.contains("from") }) else { return rows }
    func key(_ row: [String: Any?]) -> String {
      ["stratum", "horizon", "from", "to"].map { name in
        (row[name] ?? nil).map { "\($0)" } ?? "unknown"
      }.joined(separator: " ")
    }
    return rows.sorted { key($0) < key($1) }
  }

  private static func list(_ value: Any?) -> [Object] { value as? [Object] ?? [] }

  /// Whether two cells hold the same: numbers to the last bit, nothing as null.
  static func same(_ left: Any?, _ right: Any?) -> Bool {
    switch (left, right) {
    case (let left as NSNumber, let right as NSNumber): left.doubleValue == right.doubleValue
    case (let left as String, let right as String): left == right
    default: !(left is NSNumber || left is String) && !(right is NSNumber || right is String)
    }
  }
}
