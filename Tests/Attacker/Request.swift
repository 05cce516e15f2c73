import Disclosure
import Releases

/// Something somebody asks for: people who meet a condition, by attributes, in a month.
struct Request {
  let name: String
  let by: [String]
  var month = Programme.months
  var topic = "entries"
  /// Whether participations count, of which everybody has one, and not people.
  var countsParticipations = false
  /// Who counts, of those who entered by that month.
  var condition: @Sendable (Programme.Person, [String: String], Int) -> Bool = { _, _, _ in true }

  /// The people that it counts.
  func people(_ programme: Programme) -> CountedPeople {
    let rows = programme.people.filter { $0.entryMonth <= month }.compactMap { person in
      let codes = Programme.codes(person, in: month)
      return condition(person, codes, month)
        ? CountedPeople.Person(
          id: person.id << 32 | (countsParticipations ? 257 : 0),
          codes: by.map { codes[$0] ?? "unknown" })
        : nil
    }
    return CountedPeople(
      dimensions: by.enumerated().map { place, name in
        let codes = Set(rows.map { $0.codes[place] })
        let links =
          name == "network"
          ? Programme.regions.map { Hierarchy.Link($0) }
            + Programme.networks.map { Hierarchy.Link($0.code, in: $0.region) }
          : codes.sorted().map { Hierarchy.Link($0) }
        return CountedPeople.Dimension(name: name, links: links, mayCoarsen: true)
      }, people: rows)
  }

  /// The request as the ledger keeps it.
  func request(number: Int) -> ReleaseRequest {
    ReleaseRequest(
      question: topic, questionDigest: nil, settings: [name], row: nil, horizon: nil,
      groupedBy: by, window: nil, referenceDay: "2026-06-30", logSize: 0,
      profile: "ministry", profileVersion: 1, profileDigest: "made up", hierarchy: [],
      mayCoarsen: true)
  }
}

/// A class of attacks: requests that together could give somebody away.
struct AttackClass {
  let name: String
  let requests: [Request]

  /// Every class, in a fixed order.
  static let all: [AttackClass] = [
    AttackClass(
      name: "margins of a three-way table",
      requests: [
        Request(name: "gss", by: ["gender", "status", "region"]),
        Request(name: "gn", by: ["gender", "network"]),
        Request(name: "sn", by: ["status", "network"]),
        Request(name: "s", by: ["status"]),
      ]),
    AttackClass(
      name: "linked tables that share margins",
      requests: [
        Request(name: "gs", by: ["gender", "status"]),
        Request(name: "gr", by: ["gender", "region"]),
        Request(name: "sr", by: ["status", "region"]), Request(name: "gf", by: ["gender", "five"]),
        Request(name: "fr", by: ["five", "region"]),
      ]),
    AttackClass(
      name: "cumulative tables, newcomers between",
      requests: [12, 13, 14, 18, 19, 24].map {
        Request(name: "to \($0)", by: ["gender", "region"], month: $0)
      }),
    AttackClass(
      name: "stocks, newcomers and leavers between",
      requests: [14, 15, 16, 20, 21].map {
        Request(
          name: "in \($0)", by: ["gender", "network"], month: $0, topic: "stock",
          condition: { person, _, month in person.lastMonth >= month })
      }),
    AttackClass(
      name: "corrections and changes of status between",
      requests: [20, 21, 22, 23, 24].map { month in
        Request(
          name: "status in \(month)", by: ["gender", "status"], month: month, topic: "status",
          condition: { person, _, _ in person.entryMonth <= 18 })
      }),
    AttackClass(
      name: "overlapping windows of age and time",
      requests: [
        Request(name: "five", by: ["five"]), Request(name: "shifted", by: ["shifted"]),
      ]
        + [(1, 12), (2, 13), (1, 13), (4, 9)].map { first, last in
          Request(
            name: "window \(first)-\(last)", by: ["region"], topic: "window",
            condition: { person, _, _ in (first...last).contains(person.entryMonth) })
        }),
    AttackClass(
      name: "complements: women, men, all",
      requests: [
        Request(name: "women", by: ["womanOrNot", "network"]),
        Request(name: "men", by: ["manOrNot", "network"]),
        Request(name: "all", by: ["network"]), Request(name: "all by status", by: ["status"]),
        Request(
          name: "women by status", by: ["status"], topic: "women",
          condition: { _, codes, _ in codes["gender"] == "w" }),
        Request(
          name: "men by status", by: ["status"], topic: "men",
          condition: { _, codes, _ in codes["gender"] == "m" }),
      ]),
    AttackClass(
      name: "trackers: padded pairs of queries",
      requests: [
        Request(
          name: "C", by: ["region"], topic: "C",
          condition: { _, codes, _ in codes["status"] != "job" }),
        Request(
          name: "C or d", by: ["region"], topic: "C or d",
          condition: { _, codes, _ in codes["status"] != "job" || codes["gender"] == "d" }),
        Request(
          name: "C and not d", by: ["region"], topic: "C and not d",
          condition: { _, codes, _ in codes["status"] != "job" && codes["gender"] != "d" }),
        Request(
          name: "not d", by: ["region"], topic: "not d",
          condition: { _, codes, _ in codes["gender"] != "d" }),
        Request(name: "all", by: ["region"]),
      ]),
    AttackClass(
      name: "people and their participations",
      requests: [
        Request(name: "people", by: ["gender", "network"]),
        Request(
          name: "participations", by: ["gender", "network"], topic: "participations",
          countsParticipations: true,
          condition: { person, _, _ in person.id % 50 != 7 }),
        Request(
          name: "all participations", by: ["network", "status"], topic: "participations",
          countsParticipations: true),
      ]),
    AttackClass(
      name: "all but a few, after several tables",
      requests: [
        Request(name: "network", by: ["network"]), Request(name: "status", by: ["status"]),
        Request(name: "five", by: ["five", "gender"]), Request(name: "shifted", by: ["shifted"]),
        Request(
          name: "all but four", by: ["gender"], topic: "all but four",
          condition: { person, _, _ in person.id >= 4 }),
        Request(
          name: "all but seven", by: ["region"], topic: "all but seven",
          condition: { person, _, _ in person.id >= 7 }),
      ]),
    AttackClass(
      name: "the same people in other words",
      requests: [
        Request(name: "gender", by: ["gender", "region"]),
        Request(name: "geschlecht", by: ["geschlecht", "region"], topic: "Eintritte"),
        Request(name: "geschlecht allein", by: ["geschlecht"], topic: "Eintritte"),
        Request(
          name: "by network", by: ["geschlecht", "network"], topic: "Eintritte 2"),
      ]),
  ]
}
