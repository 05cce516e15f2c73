/// Measures how fast the journeys view is made anew from the log.
///
/// The whole process: every record is read, checked, opened and folded, on both cores. Expected
/// answer: the digest of the journeys is the one the import left.
enum RebuildSubject: Subject {
  static let name = "rebuild"
  static let question = "How fast is the journeys view made anew from the log?"

  static func figures(_ bench: Workbench) throws -> [Figure] {
    let imported = try ImportSubject.store(bench)
    var speeds: [Double] = []
    var memory: [Double] = []
    var processor: [Double] = []
    for _ in 0..<max(3, bench.options.runs) {
      let finished = try bench.run(["views", "rebuild"], on: imported.store)
      speeds.append(Double(imported.records) / finished.wall)
      memory.append(Double(finished.peakPrivate) / 1e6)
      processor.append(finished.cpu)
      let digest = try bench.run(["views", "digest"], on: imported.store).output
      try WrongAnswer.check("journeys digest", digest, expected: imported.digest)
    }
    return [
      Figure(
        name, "full rebuild", .eventsPerSecond, speeds,
        bar: .init(name: "goal", value: 600_000), cpuSeconds: processor),
      Figure(
        name, "peak private memory", .megabytes, memory, bar: .init(name: "goal", value: 4000)),
    ]
  }
}
