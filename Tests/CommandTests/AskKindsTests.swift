import Foundation
import Testing

@Suite("wegmarke ask, of questions of every kind")
struct AskKindsTests {
  private func desk(participants: Int = 200) throws -> Desk {
    try Desk.simulated(people: participants)
  }

  /// The largest group of an answer.
  private func group(_ json: String) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let groups = try #require(object?["groups"] as? [[String: Any]])
    return try #require(
      groups.max { ($0["subjects"] as? Int ?? 0) < ($1["subjects"] as? Int ?? 0) })
  }

  @Test("says of no group what contradicts what is certain of it, or asks more than it has")
  func consistent() throws {
    let desk = try desk(participants: 600)
    var (rows, early, paths) = (0, 0, 0)
    for name in ["wir-integrationsquote", "us-q2", "uk-joboutcome-26", "k2e3", "esf-results"] {
      let json = try desk.expect("ask \(name) --on 2026-10-31 --by gender --bounds -f json")
      let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
      for group in try #require(object?["groups"] as? [[String: Any]]) {
        for row in try #require(group["rows"] as? [[String: Any]]) {
          func count(_ key: String) -> Int { row[key] as? Int ?? 0 }
          let place: Comment = "\(name) \(group["values"] ?? "") \(row["code"] ?? "")"
          let isEarly = count("earlyYes") + count("earlyNo") > 0
          early += isEarly ? 1 : 0
          let heard = count("yes") + count("no") - count("earlyYes") - count("earlyNo")
          if isEarly, let known = row["known"] as? Double {
            let bounds = (row["lowerBound"] as? Double ?? 2, row["upperBound"] as? Double ?? -1)
            #expect(heard >= 10 && known >= bounds.0 && known <= bounds.1, place)
            rows += 1
          }
          guard let contrast = row["contrast"] as? [String: Any] else { continue }
          #expect(heard >= 10, place)
          let tipping = try #require(contrast["tipping"] as? [String: Any], place)
          for case let point as [String: Any] in tipping.values {
            guard let people = point["people"] as? Int else { continue }
            #expect(people <= count("unknown"), place)
            paths += 1
          }
        }
      }
    }
    #expect(rows > 0 && early > rows && paths > 0)
  }

  @Test("fits 80 columns where no terminal shows it", arguments: ["en", "de"])
  func fits(language: String) throws {
    let desk = try desk()
    let names = try desk.expect("questions list").split(whereSeparator: \.isNewline).dropFirst()
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(names.count > 30)
    for name in names {
      for by in ["", " --by employment-detail"] {
        let page = try desk.expect("ask \(name) --on 2026-06-30 --lang \(language)\(by)")
        for line in page.split(whereSeparator: \.isNewline) {
          #expect(line.count <= 80, "\(name): \(line)")
        }
        // A sentence leads, whole: nothing stands in its place.
        let lines = page.split(whereSeparator: \.isNewline)
        let title = lines.firstIndex { $0.hasPrefix("n = ") } ?? 0
        let lead = lines[1..<max(title, 1)].joined(separator: " ")
        #expect(
          lead.count > 20 && !lead.hasSuffix(":") && !lead.contains(": –"), "\(name)\(by): \(lead)")
        // No table falls apart into a block for each row.
        #expect(
          !page.split(whereSeparator: \.isNewline).contains {
            $0.hasPrefix("YES  ") || $0.hasPrefix("JA  ") || $0.hasPrefix("LIMITS  ")
          }, "\(name)\(by)")
        // Only the key of a cohort table shows the sign by which elsewhere a text is cut.
        #expect(!page.replacing("[…]", with: "").contains("…"), "\(name)")
      }
    }
  }

  @Test("keeps lines comparable on narrow terminals", arguments: [60, 48])
  func narrow(columns: Int) throws {
    let desk = try desk()
    for question in ["retention-point", "esf-results --by gender", "esf-results"] {
      for language in ["en", "de"] {
        let page = try desk.expect(
          "ask \(question) --on 2026-06-30 --lang \(language)", with: ["COLUMNS": "\(columns)"])
        let lines = page.split(whereSeparator: \.isNewline)
        for line in lines { #expect(line.count <= columns, "\(question): \(line)") }
        #expect(
          !lines.contains { $0.hasPrefix("YES  ") || $0.hasPrefix("JA  ") }, "\(question)\n\(page)")
      }
    }
  }

  @Test("shows the ways people went, and is derived again whatever its form")
  func sequences() throws {
    let desk = try desk()
    let question = "ask journey-shapes --on 2026-06-30"
    let page = try desk.expect(question)
    for word in ["The most frequent way:", "WAY", "MEAN TIME", "ENTROPY", "→ ?", "not come to"] {
      #expect(page.contains(word), "\(word)\n\(page)")
    }
    try desk.expect("\(question) -f json -o answer.json")
    try desk.expect("\(question) --by gender -f csv -o shapes.csv")
    try desk.expect("\(question) --at 6 --chart shapes.svg --report shapes.html --lang de")
    for file in ["answer.json", "shapes.csv", "shapes.svg", "shapes.html"] {
      #expect(try desk.expect("verify-answer \(file)").hasSuffix("\nThe answer holds.\n"))
    }
    let group = try group(desk.read("answer.json"))
    let shapes = try #require(group["shapes"] as? [[String: Any]])
    let shares = shapes.compactMap { $0["share"] as? Double }
    #expect(shares.count == 10 && shares == shares.sorted(by: >))
    let times = (group["meanTimes"] as? [[String: Any]] ?? []).compactMap { $0["mean"] as? Double }
    #expect(abs(times.reduce(0, +) - 24) < 1e-9)
    #expect(try desk.read("shapes.svg").contains("nur für den internen Gebrauch"))
    #expect(try desk.run("ask journey-shapes --at 6,12").exitCode == 64)
    #expect(try desk.run("ask journey-shapes --bounds").exitCode == 64)
  }

  @Test("counts jobs as units, with people as clusters, and says so")
  func spells() throws {
    let desk = try desk()
    let page = try desk.expect("ask job-duration --on 2026-06-30")
    #expect(page.contains("unit: spell, of ") && page.contains("robust, people as clusters"))
    try desk.expect("ask job-duration --on 2026-06-30 --by gender -f json -o answer.json")
    #expect(try desk.expect("verify-answer answer.json").hasSuffix("\nThe answer holds.\n"))
    let group = try group(desk.read("answer.json"))
    let units = try #require(group["units"] as? [String: Any])
    let people = try #require(units["people"] as? Int)
    #expect(units["weight"] == nil && people > 5)
    #expect(people < (group["subjects"] as? Int ?? 0))
    #expect(try desk.run("ask job-duration --nowcast").exitCode == 64)
  }

  @Test("takes weights and conditions from a file of one's own")
  func weighted() throws {
    let desk = try desk()
    let show = try desk.expect("ask time-to-first-job --on 2026-06-30 -f json")
    let object = try JSONSerialization.jsonObject(with: Data(show.utf8)) as? [String: Any]
    let text = try #require((object?["definition"] as? [String: Any])?["text"] as? String)
    let own = text.replacing("index = \"entry\"", with: "index = \"entry\"\nwhere = 'gender = f'")
      .replacing("[clock]", with: "[weights]\nof = '2'\nkind = \"sampling\"\n\n[clock]")
    try desk.write(own, to: "own.toml")
    let page = try desk.expect("ask ./own.toml --on 2026-06-30")
    #expect(page.contains("sampling weights, in all ") && page.contains("not in the population"))
    // Weights that are all the same change no share.
    let women = try desk.expect("ask time-to-first-job --by gender --on 2026-06-30 -f json")
    let all = try JSONSerialization.jsonObject(with: Data(women.utf8)) as? [String: Any]
    let group = try #require(
      (all?["groups"] as? [[String: Any]])?.first { ($0["values"] as? [String]) == ["f"] })
    let weighted = try self.group(desk.expect("ask ./own.toml --on 2026-06-30 -f json"))
    #expect(weighted["subjects"] as? Int == group["subjects"] as? Int)
    func survival(_ group: [String: Any]) -> [Double] {
      (group["at"] as? [[String: Any]] ?? []).compactMap { $0["survival"] as? Double }
    }
    #expect(!survival(group).isEmpty)
    #expect(zip(survival(weighted), survival(group)).allSatisfy { abs($0 - $1) < 1e-12 })
    // Nor does it change what moved them.
    let moved = try desk.expect("compare ./own.toml --as-of #10 --as-of #200 --on 2026-06-30")
    #expect(moved.contains("recorded late") && !moved.contains("belongs to no event"), "\(moved)")
  }

  @Test("lists the events that moved counts and shares, and they add up")
  func comparison() throws {
    let desk = try desk(participants: 60)
    let page = try desk.expect("compare esf-outputs --as-of #60 --as-of #200 --on 2026-06-30")
    #expect(page.contains("EECO02") && page.contains("MOVED") && page.contains(": yes"))
    for line in page.split(whereSeparator: \.isNewline) { #expect(line.count <= 80, "\(line)") }
    let german = try desk.expect(
      "compare retention-point --as-of #200 --as-of #600 --on 2026-06-30 --lang de")
    #expect(german.contains("VERSCHOBEN") && german.contains("der Bekannten"))
    let json = try desk.expect(
      "compare esf-outputs --as-of #60 --as-of #200 --on 2026-06-30 -f json")
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let group = try #require((object["groups"] as? [[String: Any]])?.first)
    func yes(_ figures: Any?) -> [Int] {
      ((figures as? [String: Any])?["cells"] as? [[String: Any]] ?? [])
        .compactMap { $0["yes"] as? Int }
    }
    let (before, after) = (yes(group["before"]), yes(group["after"]))
    let moved = (object["movements"] as? [[String: Any]] ?? []).map { yes($0["change"]) }
    #expect(before.count > 10 && !moved.isEmpty)
    for place in before.indices {
      #expect(before[place] + moved.reduce(0) { $0 + $1[place] } == after[place])
    }
  }

  @Test("shows what moved each of several events that compete, and the shares add up to one")
  func competingComparison() throws {
    let desk = try desk(participants: 60)
    let command = "compare time-to-placement --as-of #200 --as-of #600 --on 2026-06-30"
    for (language, words) in [("en", "first placement"), ("de", "erste Vermittlung")] {
      let page = try desk.expect("\(command) --lang \(language)")
      #expect(page.contains("\n\(words)"), "\(page)")
      for line in page.split(whereSeparator: \.isNewline) { #expect(line.count <= 80, "\(line)") }
    }
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(try desk.expect("\(command) -f json").utf8))
        as? [String: Any])
    let group = try #require((object["groups"] as? [[String: Any]])?.first)
    for state in ["before", "after"] {
      let figures = try #require(group[state] as? [String: Any])
      let left = try #require(figures["survival"] as? [Double])
      let happened = try #require(figures["incidence"] as? [String: [Double]])
      #expect(happened.count > 1 && happened["first-placement"]?.count == left.count)
      for place in left.indices {
        let sum = happened.values.reduce(left[place]) { $0 + $1[place] }
        #expect(abs(sum - 1) < 1e-9, "\(state): \(sum)")
      }
    }
  }

  @Test(
    "lists the events that moved states, ways and cohorts, and they add up",
    arguments: ["journey-shapes", "status-path", "placement-cohorts", "retention-cohorts"])
  func otherKinds(question: String) throws {
    let desk = try desk(participants: 60)
    let command = "compare \(question) --as-of #200 --as-of #600 --on 2026-06-30"
    for language in ["en", "de"] {
      let page = try desk.expect("\(command) --lang \(language)")
      #expect(page.contains(language == "en" ? "MOVED" : "VERSCHOBEN"), "\(page)")
      for line in page.split(whereSeparator: \.isNewline) { #expect(line.count <= 80, "\(line)") }
    }
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(try desk.expect("\(command) -f json").utf8))
        as? [String: Any])
    func numbers(_ figures: Any?) -> [Double] {
      (figures as? [String: Any])?["numbers"] as? [Double] ?? []
    }
    let names = try #require(object["numbers"] as? [[String: Any]])
    let movements = object["movements"] as? [[String: Any]] ?? []
    #expect(!movements.isEmpty)
    for group in try #require(object["groups"] as? [[String: Any]]) {
      let own = movements.filter { $0["group"] as? NSArray == group["values"] as? NSArray }
      let (before, after) = (numbers(group["before"]), numbers(group["after"]))
      #expect(before.count == names.count && after.count == names.count)
      for place in before.indices {
        let moved = own.reduce(0) { $0 + numbers($1["change"])[place] }
        #expect(abs(before[place] + moved - after[place]) < 1e-9, "\(names[place])")
      }
    }
  }
}
