import ArgumentParser

/// What the columns of a table to protect are.
struct ProtectOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Columns of the dimensions. Default: all but the one of numbers.", valueName: "a,b"))
  var by: String?

  @Option(
    help: ArgumentHelp(
      "Column of the numbers. Default: count, n or anzahl; without one a row is a person.",
      valueName: "column"))
  var count: String?

  @Option(
    help: ArgumentHelp(
      "CSV file with columns dimension, code, parent: what lies between codes and total.",
      valueName: "h.csv"))
  var hierarchy: String?

  @Option(
    help: ArgumentHelp(
      "Code of the totals. Default: total, all, insgesamt or gesamt, in any letters.",
      valueName: "code"))
  var total: String?

  @Option(
    help: ArgumentHelp(
      "Column with what tells people apart, for profiles that move numbers.", valueName: "column"))
  var id: String?
}
