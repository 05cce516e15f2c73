import EventLog
import FoundationEssentials
import Glibc
import Presentation

/// Measures the program against its goals and its peers; `README.md` says how to read the table.
@main
enum Benchmarks {
  /// In the order in which they run: later ones use what earlier ones made.
  static var subjects: [any Subject.Type] {
    [
      StartUpSubject.self, AppendSubject.self, ImportSubject.self, NamesSubject.self,
      RebuildSubject.self, SimulateSubject.self, AskSubject.self, LateSubject.self,
      PersonSubject.self, WorklistSubject.self, AsOfSubject.self, ColdSubject.self,
      PeersSubject.self, ScalingSubject.self, CompareSubject.self,
    ]
  }

  static func main() {
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      if try EventTable.write(arguments) { exit(0) }
      let options = try Options(arguments)
      exit(try run(options) ? 0 : 1)
    } catch let error as Options.UsageError {
      let text = error.message.isEmpty ? "" : "Error: \(error.message)\n"
      try? StandardStream.error.write(text + Options.usage + "\n")
      exit(error.message.isEmpty ? 0 : 64)
    } catch {
      try? StandardStream.error.write("Error: \(error)\n")
      exit(1)
    }
  }

  /// Runs the subjects, prints the table, stores the result; false when an answer was wrong.
  private static func run(_ options: Options) throws -> Bool {
    let bench = try Workbench(options)
    defer { bench.clear() }
    let chosen = subjects.filter { options.only.isEmpty || options.only.contains($0.name) }
    var figures: [Figure] = []
    var isRight = true
    for subject in chosen {
      bench.say(subject.question)
      do {
        figures += try subject.figures(bench)
      } catch let error as WrongAnswer {
        isRight = false
        figures.append(Figure(subject.name, "", notRun: "WRONG: \(error.description)"))
      }
    }
    let result = ResultFile(bench, figures)
    let style = TerminalStyle(
      of: .output, environment: ProcessInfo.processInfo.environment)
    try StandardStream.output.write(ResultTable(result).text(for: style))
    if isRight {
      bench.say("stored \(try result.store(in: options.output))")
    }
    return isRight
  }
}
