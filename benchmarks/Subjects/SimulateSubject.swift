/// How fast is a made-up programme written straight into a store?
///
/// The whole process: making journeys up, sealing, durable appends; no view. Expected answer: as
/// many participants as asked for.
enum SimulateSubject: Subject {
  static let name = "simulate"
  static let question = "How fast is a made-up programme written straight into a store?"

  static func figures(_ bench: Workbench) throws -> [Figure] {
    let simulated = try bench.simulatedStore()
    guard let made = simulated.made else {
      return [Figure(name, "straight into a store", notRun: "a kept store was used")]
    }
    return [
      Figure(
        name, "straight into a store", .eventsPerSecond,
        [Double(simulated.events) / made.wall], cpuSeconds: [made.cpu]),
      Figure(name, "peak private memory", .megabytes, [Double(made.peakPrivate) / 1e6]),
    ]
  }
}
