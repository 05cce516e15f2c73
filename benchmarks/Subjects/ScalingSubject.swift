import Files

/// Measures how the cost of an answer grows with the data.
///
/// The same questions to stores of 10⁵ and 10⁶ people, and of 10⁷ where such a store is kept; a straight
/// line through the logarithms of size and cost. The line goes through whole processes, by the wall and by
/// processor time, and once more through processor time without that of a start (`--version`): what is paid
/// once makes every line flatter. Expected answer: the same every time.
enum ScalingSubject: Subject {
  static let name = "scaling"
  static let question = "How does the cost of an answer grow with the data?"

  /// What one question cost at one size.
  struct Cost {
    let people: Int
    let wall: [Double]
    let processor: [Double]
  }

  static func figures(_ bench: Workbench) throws -> [Figure] {
    let stores = try sizes(bench).map { people in
      (people, try bench.simulatedStore(of: people).store)
    }
    let start = try (0..<20).map { _ in try bench.run(bench.wegmarke, ["--version"]).cpu }.median
    var figures: [Figure] = []
    var series: [ScalingPlot.Series] = []
    for question in bench.questions {
      bench.say("\(question.title), by size")
      let costs = try stores.map { people, store in try cost(question, people, store, bench) }
      series.append(.init(title: question.title, costs: costs))
      figures += costs.map { cost in
        Figure(
          name, "\(question.title), \(cost.people) people", .seconds, cost.wall,
          cpuSeconds: cost.processor)
      }
      // One size alone has no slope.
      guard costs.count > 1 else { continue }
      let lines: [(String, (Cost) -> Double)] = [
        ("wall", { $0.wall.median }), ("CPU", { $0.processor.median }),
        ("CPU without a start", { max(1e-4, $0.processor.median - start) }),
      ]
      figures += lines.map { title, figure in
        Figure(
          name, "… exponent, \(title)", .exponent,
          [slope(costs.map { (Double($0.people), figure($0)) })],
          bar: .init(name: "goal", value: 1.05))
      }
    }
    if let path = bench.options.plot {
      let svg = ScalingPlot(series: series).svg
      try Folder.replace(path, with: Array(svg.utf8).span)
      bench.say("drawn \(path)")
    }
    return figures
  }

  /// 10⁵ and 10⁶ people, and 10⁷ where a store of that size is kept; less when less is asked for.
  private static func sizes(_ bench: Workbench) -> [Int] {
    [100_000, 1_000_000, 10_000_000].filter { people in
      people <= 100_000 || people <= bench.options.askParticipants || bench.isKept(people)
    }
  }

  private static func cost(
    _ question: CommonQuestion, _ people: Int, _ store: Store, _ bench: Workbench
  ) throws -> Cost {
    let runs = try bench.answers(to: question, on: store)
    return Cost(people: people, wall: runs.map(\.wall), processor: runs.map(\.cpu))
  }

  /// The slope of the line of least squares through the logarithms.
  static func slope(_ points: [(size: Double, cost: Double)]) -> Double {
    let logs = points.map { (x: $0.size.logarithm, y: $0.cost.logarithm) }
    let x = logs.reduce(0) { $0 + $1.x } / Double(logs.count)
    let y = logs.reduce(0) { $0 + $1.y } / Double(logs.count)
    let across = logs.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
    return logs.reduce(0) { $0 + ($1.x - x) * ($1.y - y) } / across
  }
}
