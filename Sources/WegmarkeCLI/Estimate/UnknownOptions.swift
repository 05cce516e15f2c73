import ArgumentParser

/// The options of estimates that say what is not known: the lost, the silent, the late.
struct UnknownOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Share to be reached, for tipping: 0.5.", valueName: "share"))
  var target: Double?

  @Option(
    help: ArgumentHelp(
      "Value of the event column that means: lost, nobody knows. Default: lost or unknown.",
      valueName: "value"))
  var lost: String?

  @Flag(help: "Weights from the share that responded in each combination of the covariates.")
  var cells = false

  @Flag(help: "Firth's penalty, where covariates part who responded from who did not.")
  var firth = false

  @Option(
    help: ArgumentHelp("Cut weights off at so many times the average.", valueName: "times"))
  var trim: Double?

  @Option(
    help: ArgumentHelp(
      "Day on which the event was recorded. Default: recorded.", valueName: "column"))
  var recorded: String?

  @Option(
    help: ArgumentHelp(
      "Last day of which everything recorded is in the table: a number or a date.",
      valueName: "day"))
  var cut: String?

  @Option(
    help: ArgumentHelp("Longest delay to speak of, in days.", valueName: "days"))
  var longest: Int?

  @Option(help: "Share of events recorded from which a part counts as mature.")
  var mature = 0.95

  /// The columns that these options name.
  var columns: [String] { [recorded ?? "recorded", "outcome", "occurred", "day", "date", "end"] }
}
