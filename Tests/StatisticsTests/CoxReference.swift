import Statistics
import TestSupport
import Testing

/// One model of the reference files `cox_coef.csv` and `cox_fit.csv`.
struct CoxReference: Sendable, CustomTestStringConvertible {
  var folder: String
  var model: String
  var input = "input.csv"
  var exit = "time"
  var entry: String?
  var event = "status"
  /// The value of the event column that is an event.
  var eventValue = "1"
  var terms: [Term]
  var strata: String?
  /// The highest number of a stratum column of numbers; what is above it belongs to that stratum.
  var highestStratum: Int?
  /// Times are read as whole multiples of this: R takes nearly equal times as one, this house not.
  var clock: Double?
  var weights: String?
  var cluster: String?
  var keep: (column: String, value: String)?
  var ties = CoxRegression.Ties.efron

  var testDescription: String { "\(folder)/\(model)" }

  enum Term: Sendable {
    case number(String)
    /// One 0/1 column for each level named.
    case levels(String, [String])

    var name: String {
      switch self {
      case .number(let name), .levels(let name, _): name
      }
    }
    var width: Int {
      switch self {
      case .number: 1
      case .levels(_, let levels): levels.count
      }
    }
  }

  /// Rows whose end is not after their begin, and those with missing covariates, are left out.
  func rows() throws -> CoxRows {
    var table = try ReferenceFiles.table("\(folder)/\(input)")
    if let keep { table = table.filter(keep.column, keep.value) }
    for term in terms { table = table.without(term.name, "NA") }
    func ticks(_ times: [Double]) -> [Double] {
      guard let clock else { return times }
      return times.map { ($0 / clock).rounded() }
    }
    let exits = ticks(table.doubles(exit))
    let entries = entry.map { ticks(table.doubles($0)) }
    let kept = exits.indices.filter { exits[$0] > entries?[$0] ?? -1 }
    func take<T>(_ column: [T]) -> [T] { kept.map { column[$0] } }
    var covariates: [[Double]] = []
    for term in terms {
      switch term {
      case .number(let name): covariates.append(take(table.doubles(name)))
      case .levels(let name, let levels):
        for level in levels {
          covariates.append(take(table.strings(name).map { $0 == level ? 1 : 0 }))
        }
      }
    }
    return try CoxRows(
      exits: take(exits), events: take(table.strings(event).map { $0 == eventValue }),
      covariates: covariates, entries: entries.map(take),
      strata: strata.map { column in
        guard let highestStratum else { return take(table.numbered(column)) }
        return take(table.doubles(column)).map { min(Int($0), highestStratum) }
      },
      weights: weights.map { take(table.doubles($0)) },
      clusters: cluster.map { take(table.numbered($0)) })
  }

  func fit() throws -> CoxRegression { try CoxRegression(try rows(), ties: ties) }

  static let all: [CoxReference] =
    CoxRegression.Ties.allCases.map { veteran($0.rawValue, ties: $0) } + [
      CoxReference(
        folder: "veteran", model: "stratified", terms: [.number("trt"), .number("karno")],
        strata: "celltype")
    ] + unemployment + monoclonal + colon + recurrences
    + [CoxRegression.Ties.efron, .breslow].map { ties in
      CoxReference(
        folder: "channing", model: ties.rawValue, exit: "exit_months", entry: "entry_months",
        event: "event", terms: [.levels("sex", ["male"])], ties: ties)
    }

  private static func veteran(_ model: String, ties: CoxRegression.Ties) -> CoxReference {
    CoxReference(
      folder: "veteran", model: model,
      terms: [
        .number("trt"), .levels("celltype", ["smallcell", "adeno", "large"]), .number("karno"),
        .number("age"),
      ], ties: ties)
  }

  private static let benefit = Term.levels("ui", ["yes"])
  private static let unemployment: [CoxReference] =
    [CoxRegression.Ties.efron, .breslow].map { ties in
      CoxReference(
        folder: "unempdur", model: ties.rawValue, exit: "spell", event: "event",
        terms: [benefit, .number("age"), .number("logwage"), .number("tenure")], ties: ties)
    } + [
      CoxReference(
        folder: "unempdur", model: "efron_strata_agegrp", exit: "spell", event: "event",
        terms: [benefit, .number("logwage")], strata: "agegrp"),
      CoxReference(
        folder: "unempdur", model: "efron_iptw_robust", exit: "spell", event: "event",
        terms: [benefit], weights: "iptw"),
      CoxReference(
        folder: "unempdur", model: "cause_full_time_efron", exit: "spell", event: "cause",
        terms: [benefit, .number("logwage")]),
    ]

  private static let male = Term.levels("sex", ["M"])
  private static let monoclonal: [CoxReference] = [
    CoxReference(
      folder: "mgus2", model: "death_efron", exit: "futime", event: "death",
      terms: [.number("age"), male]),
    CoxReference(
      folder: "mgus2", model: "death_breslow", exit: "futime", event: "death",
      terms: [.number("age"), male], ties: .breslow),
    CoxReference(
      folder: "mgus2", model: "pcm_cause_specific", exit: "etime", event: "cause",
      terms: [.number("age"), male]),
    CoxReference(
      folder: "mgus2", model: "death_age_scale", input: "input_age_scale.csv", exit: "exit",
      entry: "entry", event: "event", terms: [male], clock: 1.0 / 12),
  ]

  private static let arms = Term.levels("rx", ["Lev", "Lev+5FU"])
  private static let colon: [CoxReference] =
    CoxRegression.Ties.allCases.map { ties in
      CoxReference(
        folder: "colon", model: "death_\(ties.rawValue)", input: "input_two_rows_per_id.csv",
        terms: [arms, .number("sex"), .number("age"), .number("nodes")], keep: ("etype", "2"),
        ties: ties)
    }
    + [("wlw_marginal_cluster", .efron), ("wlw_breslow_cluster", .breslow)].map { model, ties in
      CoxReference(
        folder: "colon", model: model, input: "input_two_rows_per_id.csv",
        terms: [arms, .number("sex")], strata: "etype", cluster: "id", ties: ties)
    }

  private static let recurrences: [CoxReference] = [
    ("andersen_gill_efron_cluster", .efron, false),
    ("andersen_gill_breslow_cluster", .breslow, false),
    ("pwp_total_time_cluster", .efron, true),
  ].map { model, ties, isStratified in
    CoxReference(
      folder: "bladder", model: model, exit: "stop", entry: "start", event: "event",
      terms: [
        .levels("treatment", ["pyridoxine", "thiotepa"]), .number("number"), .number("size"),
      ],
      strata: isStratified ? "enum" : nil, highestStratum: isStratified ? 5 : nil, cluster: "id",
      ties: ties)
  }
}

extension ReferenceTable {
  /// The values of a column as numbers from 0, in order of appearance.
  func numbered(_ column: String) -> [Int] {
    let values = distinct(column)
    let numbers = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, $0) })
    return strings(column).compactMap { numbers[$0] }
  }
}
