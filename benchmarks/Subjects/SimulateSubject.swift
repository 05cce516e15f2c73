import EventLog
import Files

/// Measures how fast a made-up programme is written straight into a store.
///
/// The whole process: making journeys up, sealing, durable appends; no view. As many people as the
/// import has, so that both figures stand beside each other. Expected answer: as many participants
/// as asked for, in a log that knows them all.
enum SimulateSubject: Subject {
  static let name = "simulate"
  static let question = "How fast is a made-up programme written straight into a store?"

  static func figures(_ bench: Workbench) throws -> [Figure] {
    let people = bench.options.participants
    let store = Store(path: "\(bench.folder)/simulated")
    var speeds: [Double] = []
    var memory: [Double] = []
    var processor: [Double] = []
    for _ in 0..<bench.options.runs {
      let finished = try bench.run(
        ["simulate", "--participants", "\(people)", "--seed", "\(bench.options.seed)"], on: store)
      let log = try store.open()
      try WrongAnswer.check("participants", Int(try log.participantCount()), expected: people)
      speeds.append(Double(try log.size()) / finished.wall)
      memory.append(Double(finished.peakPrivate) / 1e6)
      processor.append(finished.cpu)
      for path in [store.path, store.key] { try Folder.remove(path) }
    }
    return [
      Figure(
        name, "straight into a store", .eventsPerSecond, speeds, cpuSeconds: processor),
      Figure(name, "peak private memory", .megabytes, memory),
    ]
  }
}
