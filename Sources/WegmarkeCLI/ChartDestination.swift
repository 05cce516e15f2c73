import ArgumentParser

/// Where a chart goes, the value of `--chart`: a file, or the terminal for `-` and `terminal`.
enum ChartDestination: ExpressibleByArgument, Equatable {
  case terminal
  case file(String)

  init?(argument: String) {
    switch argument {
    case "": return nil
    case "-", "terminal": self = .terminal
    default: self = .file(argument)
    }
  }
}
