public import ArgumentParser
public import Statistics

/// The options of regressions, of events known within intervals, and of sequences.
struct RegressionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Covariates, separated by commas: age,sector.", valueName: "columns"))
  var covariates: NameList?

  @Option(
    help: ArgumentHelp(
      "Covariates that are levels although they are numbers.", valueName: "columns"))
  var levels: NameList?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Level that others are compared with; may be repeated. Default: the first.",
      valueName: "column=level"))
  var reference: [String] = []

  @Flag(help: "Leave rows out in which a covariate is empty or NA, and say how many.")
  var dropMissing = false

  @Option(help: "Rule for equal times: efron, breslow or exact.")
  var ties: CoxRegression.Ties = .efron

  @Flag(help: "Robust standard errors without clusters too.") var robust = false

  @Option(help: "Scale of time for proportionality: km, identity, rank or log.")
  var transform: ProportionalityTest.Transform = .kaplanMeier

  @Option(help: "Quantity of pseudo: survival, mean or incidence.")
  var quantity: PseudoQuantity = .survival

  @Option(
    help: ArgumentHelp("Last time without the event. Default: left.", valueName: "column"))
  var left: String?

  @Option(
    help: ArgumentHelp(
      "First time with it, empty or Inf when there is none. Default: right.", valueName: "column"))
  var right: String?

  @Option(help: ArgumentHelp("First period of a sequence.", valueName: "column"))
  var first: String?

  @Option(help: ArgumentHelp("Last period of a sequence.", valueName: "column"))
  var last: String?

  /// The rows with all covariates, when the others are to be left out.
  func complete(_ table: EstimateTable) throws -> EstimateTable {
    guard dropMissing, let covariates else { return table }
    var kept = Array(0..<table.count)
    for name in covariates.names {
      let column = try table.column(name)
      let missing = column.texts.map(CovariateColumns.isMissing)
      kept.removeAll { missing[Int(column.codes[$0])] }
    }
    return table.rows(kept)
  }

  /// The columns that these options name.
  var columns: [String] {
    (covariates?.names ?? []) + [left ?? "left", right ?? "right", first, last].compactMap(\.self)
  }
}

/// What pseudo-values are of.
enum PseudoQuantity: String, CaseIterable, ExpressibleByArgument {
  /// The probability of no event so far.
  case survival
  /// The mean time within a horizon.
  case mean
  /// The cumulative incidence of one cause.
  case incidence
}

/// Names in a list with commas.
struct NameList: ExpressibleByArgument, Equatable {
  var names: [String]

  init?(argument: String) {
    names = argument.split(separator: ",").map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    if names.isEmpty || names.contains("") { return nil }
  }
}

extension CoxRegression.Ties: ExpressibleByArgument {}
extension ProportionalityTest.Transform: ExpressibleByArgument {}
