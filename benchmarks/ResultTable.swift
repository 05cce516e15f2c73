import Journey
import Presentation

/// A result as people read it.
struct ResultTable {
  let result: ResultFile
  private let numbers = NumberStyle(.english)

  /// Lays out a result.
  init(_ result: ResultFile) { self.result = result }

  /// The table with a line about the machine before it and one about the noise after it.
  func text(for style: TerminalStyle) -> String {
    var table = TerminalTable([
      .code("SUBJECT"), .text("FIGURE", minimum: 20), .number("VALUE"), .text("MIN–MAX"),
      .number("CPU s"), .code("BAR"), .number("RATIO"), .code("AHEAD"),
    ])
    for figure in result.figures { table.append(row(figure)) }
    let machine = result.machine
    let memory = numbers.decimal(machine.memoryGigabytes, places: 1)
    let others = numbers.percent(result.othersShare, places: 0)
    return """
      \(machine.processor), \(machine.cores) cores, \(memory) GB, Linux \(machine.kernel); \
      commit \(machine.commit), \(result.date)

      \(table.text(for: style))
      Medians; ratio = value / bar. Other programs used \(others) of the machine meanwhile.

      """
  }

  private func row(_ figure: Figure) -> [TableCell] {
    if let reason = figure.notRun {
      return [TableCell(figure.subject), TableCell(figure.name), TableCell(reason)]
    }
    let range =
      figure.runs > 1
      ? numbers.range(number(figure.least, figure.unit), number(figure.most, figure.unit)) : ""
    return [
      TableCell(figure.subject), TableCell(figure.name),
      TableCell("\(number(figure.value, figure.unit)) \(figure.unit.rawValue)"),
      TableCell(range),
      TableCell(figure.cpuSeconds.map { numbers.decimal($0, places: $0 < 1 ? 3 : 1) } ?? ""),
      TableCell(bar(figure)),
      TableCell(figure.ratio.map { numbers.decimal($0, places: 2) } ?? ""),
      TableCell(ahead(figure)),
    ]
  }

  private func bar(_ figure: Figure) -> String {
    guard let bar = figure.bar else { return "" }
    return "\(bar.name) \(number(bar.value, figure.unit))"
  }

  private func ahead(_ figure: Figure) -> String {
    switch figure.isAhead {
    case true?: "Wegmarke"
    case false?: figure.bar?.name ?? ""
    case nil: ""
    }
  }

  private func number(_ value: Double, _ unit: Figure.Unit) -> String {
    switch unit {
    case .eventsPerSecond, .rowsPerMinute, .megabytes: numbers.decimal(value, places: 0)
    case .exponent: numbers.decimal(value, places: 3)
    case .seconds, .times, .gigabytesPerSecond: numbers.decimal(value, places: 2)
    case .milliseconds, .bytes: numbers.decimal(value, places: 1)
    }
  }
}
