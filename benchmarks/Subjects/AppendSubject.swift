import EventLog
import Files
import Journey
import Keyring
import LMDB

/// Measures what one durable append costs beside the two device flushes that any commit costs.
///
/// Library calls in this process: an append of one sealed event against one bare LMDB commit of a
/// value of the same size, in turn, so that both meet the same phases of the device. Expected
/// answer: the log holds all events and verifies.
enum AppendSubject: Subject {
  static let name = "append"
  static let question = "What does one durable append cost beside a bare commit?"

  static func figures(_ bench: Workbench) throws -> [Figure] {
    let count = 200
    let store = Store(path: "\(bench.folder)/appended")
    try EventLog.create(store: store.path, rootKey: .file(store.key))
    let log = try EventLog(
      store: store.path, access: .write(waitingAtMost: .zero), rootKey: .file(store.key))
    let day = CivilDate(Day(number: 20_000))
    let person = AppendRequest.Admission(externalID: nil)
    try log.append(
      AppendRequest(
        [.init(.admitted(0), expecting: .any, [JourneyEvent(.counsellingHeld, on: day)])],
        admitting: [person]))
    let size = try log.record(at: Position(0)).bytes.count
    let bare = try Environment(path: try folder(bench), options: .creating)
    let table = try bare.createDatabase("records")
    let value = RandomBytes.make(size)
    let clock = ContinuousClock()
    var ours: [Double] = []
    var theirs: [Double] = []
    for number in 0..<count {
      let start = clock.now
      try log.append(
        AppendRequest([
          .init(
            .stream(.participant(ParticipantRef(0))), expecting: .exact(UInt32(number + 1)),
            [JourneyEvent(.counsellingHeld, on: day)])
        ]))
      let middle = clock.now
      try bare.write { transaction in
        try transaction.append(key: UInt64(number), value: value.span, to: table)
      }
      let end = clock.now
      ours.append((middle - start) / .milliseconds(1))
      theirs.append((end - middle) / .milliseconds(1))
    }
    try WrongAnswer.check("records", Int(try log.size()), expected: count + 1)
    try WrongAnswer.check("intact", try log.verify(deep: true).isIntact, expected: true)
    return [
      Figure(
        name, "one durable append", .milliseconds, ours,
        bar: .init(name: "bare LMDB commit", value: theirs.median))
    ] + (try batches(bench))
  }

  /// Durable batches of a thousand events on a hundred people, against those of other event stores.
  private static func batches(_ bench: Workbench) throws -> [Figure] {
    let title = "durable batches of 1,000"
    let count = bench.options.appendEvents
    let store = Store(path: "\(bench.folder)/batches")
    try EventLog.create(store: store.path, rootKey: .file(store.key))
    let log = try EventLog(
      store: store.path, access: .write(waitingAtMost: .zero), rootKey: .file(store.key))
    let event = JourneyEvent(.statusConfirmed, on: CivilDate(Day(number: 20_000)))
    let people = 0..<100
    let batch = AppendRequest(
      people.map {
        .init(.admitted($0), expecting: .any, [JourneyEvent](repeating: event, count: 10))
      }, admitting: people.map { _ in .init(externalID: nil) })
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<count / 1000 { try log.append(batch) }
    let ours = Double(count) / ((clock.now - start) / .seconds(1))
    try WrongAnswer.check("records of the batches", Int(try log.size()), expected: count)
    let peers = try peerBatches(count, bench)
    if peers.isEmpty { return [Figure(name, title, .eventsPerSecond, [ours])] }
    return peers.map { peer, speed in
      guard let speed else {
        return Figure(name, "\(title), against \(peer)", notRun: "\(peer) is not there")
      }
      return Figure(
        name, "\(title), against \(peer)", .eventsPerSecond, [ours],
        bar: .init(name: peer, value: speed))
    }
  }

  /// Events a second of each peer; nil for one that is not there.
  private static func peerBatches(
    _ count: Int, _ bench: Workbench
  ) throws -> [(name: String, speed: Double?)] {
    guard let python = try PeerTools.python(bench) else { return [] }
    let folder = "\(bench.folder)/batches-of-peers"
    try Folder.create(folder)
    if bench.options.apt {
      bench.say("installing PostgreSQL from Debian")
      _ = try bench.run(
        "apt-get", ["install", "-y", "-qq", "--no-install-recommends", "postgresql"])
    }
    return try [
      ("eventsourcing on SQLite", "append_eventsourcing.py", [folder]),
      ("sqlite3", "append_sqlite.py", [folder]), ("PostgreSQL", "append_postgres.py", []),
    ].map { peer, script, place in
      bench.say("durable batches of \(peer)")
      let arguments = ["benchmarks/peers/\(script)"] + place + ["\(count)"]
      let finished: FinishedProcess
      do { finished = try bench.run(python, arguments) } catch ChildProcessError.failed(_, 77) {
        // The program of the peer is not there.
        return (peer, nil)
      }
      let said = finished.output.split { $0.isWhitespace }.compactMap { Double($0) }
      guard said.count == 2, said[0] == Double(count) else {
        throw WrongAnswer(description: "\(peer) stored \(said).")
      }
      return (peer, said[0] / said[1])
    }
  }

  private static func folder(_ bench: Workbench) throws -> String {
    let folder = "\(bench.folder)/bare"
    try Folder.create(folder)
    return folder
  }
}
