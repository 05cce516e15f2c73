/// Measures how long the program takes to start.
///
/// Expected answer: a version number.
enum StartUpSubject: Subject {
  static let name = "startup"
  static let question = "How long does the program take to start?"

  static func figures(_ bench: Workbench) throws -> [Figure] {
    var times: [Double] = []
    var processor: [Double] = []
    for _ in 0..<20 {
      let finished = try bench.run(bench.wegmarke, ["--version"])
      let parts = finished.output.split(separator: "\n").first?.split(separator: ".") ?? []
      try WrongAnswer.check("numbers of the version", parts.count, expected: 3)
      times.append(finished.wall * 1000)
      processor.append(finished.cpu)
    }
    return [
      Figure(
        name, "wegmarke --version", .milliseconds, times, bar: .init(name: "goal", value: 30),
        cpuSeconds: processor)
    ]
  }
}
