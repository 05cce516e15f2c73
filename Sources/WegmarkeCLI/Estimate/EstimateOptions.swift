public import ArgumentParser
public import Statistics

/// The options of `wegmarke estimate`: which columns play which part, and how to estimate.
///
/// A kind reads the parts it has a use for and leaves the others.
struct EstimateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Where each row begins; without it all begin at 0.", valueName: "column"))
  var start: String?

  @Option(
    help: ArgumentHelp("Where each row ends. Default: time, stop or tstop.", valueName: "column"))
  var stop: String?

  @Option(
    help: ArgumentHelp(
      "Whether, or with which cause, it ended; COLUMN=VALUE counts one value. Default: event or status.",
      valueName: "column"))
  var event: String?

  @Option(help: ArgumentHelp("The state during the row. Default: from.", valueName: "column"))
  var from: String?

  @Option(help: ArgumentHelp("The state it ended in. Default: to.", valueName: "column"))
  var to: String?

  @Option(help: ArgumentHelp("The person; default for states: id.", valueName: "column"))
  var id: String?

  @Option(help: ArgumentHelp("Groups: a curve each, or those compared.", valueName: "column"))
  var by: String?

  @Option(
    help: ArgumentHelp("Compare groups within the values of this column.", valueName: "column"))
  var strata: String?

  @Option(help: ArgumentHelp("Weight of each row.", valueName: "column"))
  var weight: String?

  @Option(
    help: ArgumentHelp(
      "Unit whose rows may depend on each other; default: the person.", valueName: "column"))
  var cluster: String?

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Keep rows with this value only; may be repeated.", valueName: "column=value"))
  var conditions: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Value of the event column that means: nothing happened; may be repeated. Default: 0, censor, censored or none.",
      valueName: "value"))
  var censored: [String] = []

  @Option(help: ArgumentHelp("Times, or horizons, separated by commas.", valueName: "times"))
  var at: NumberList?

  @Option(help: ArgumentHelp("Only those still under observation at this time.", valueName: "time"))
  var since: Double?

  @Option(help: "Scale of the limits: plain, log, log-log, logit or arcsin.")
  var interval: IntervalType = .logLog

  @Option(help: "Confidence level.") var level = 0.95

  @Option(
    help: ArgumentHelp(
      "Variance: greenwood or infinitesimal-jackknife. Default: the latter with weights, clusters or several rows a person.",
      valueName: "kind"))
  var variance: CurveVariance?

  @Option(help: "kaplan-meier, nelson-aalen or fleming-harrington.")
  var estimator: SurvivalEstimator = .kaplanMeier

  @Option(help: ArgumentHelp("Shares for quantiles.", valueName: "shares"))
  var probability = NumberList(values: [0.25, 0.5, 0.75])

  @Option(help: "Weight of the tests: 0 log-rank, 1 Peto.") var rho = 0.0

  @Option(help: ArgumentHelp("The cause compared by gray; all when not given.", valueName: "cause"))
  var cause: String?

  @OptionGroup var regression: RegressionOptions
  @OptionGroup var unknown: UnknownOptions
}

/// Numbers separated by commas: `90,180,365`.
struct NumberList: ExpressibleByArgument, Equatable {
  var values: [Double]

  init(values: [Double]) { self.values = values }

  init?(argument: String) {
    var values: [Double] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let value = Double(part.trimmingPrefix { $0 == " " }), value.isFinite else {
        return nil
      }
      values.append(value)
    }
    self.values = values
  }

  var defaultValueDescription: String { values.map { "\($0)" }.joined(separator: ",") }
}

extension CurveVariance: ExpressibleByArgument {
  /// Reads the name, or `jackknife` for short.
  public init?(argument: String) {
    self.init(rawValue: argument == "jackknife" ? "infinitesimal-jackknife" : argument)
  }
}
extension SurvivalEstimator: ExpressibleByArgument {}
