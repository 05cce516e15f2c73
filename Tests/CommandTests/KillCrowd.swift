import Foundation
import Glibc
import TestSupport
import Testing

/// Two imports into one store and three readers beside them, killed one after the other at random.
///
/// Store after store: after so many kills in one, everybody is killed at once, and the imports are
/// left to finish.
struct KillCrowd {
  /// Where kills landed.
  struct Tally: CustomStringConvertible {
    var writing = 0
    var waiting = 0
    var reading = 0
    var late = 0
    var looks = 0
    var ended = 0
    var stores = 0

    /// Kills of a running process.
    var landed: Int { writing + waiting + reading }

    var description: String {
      "\(landed) landed: \(writing) in the import that wrote, \(waiting) in the one that waited for"
        + " it, \(reading) in readers; \(late) more came after the end and do not count;"
        + " \(looks) looks at the log meanwhile, \(ended) processes ended by themselves,"
        + " \(stores) stores were finished and compared"
    }
  }

  /// One place in the crowd: a process, and what it does.
  private struct Seat {
    let commands: [String]
    let isWriter: Bool
    var running: (child: Child, output: String, errors: String)?
    var isDone = false
  }

  private static let readers = [
    "log verify", "views digest", "log stats", "participants list --limit 3 --quiet",
    "ask time-to-first-job --quiet", "log backup bk --quiet",
  ]

  private let files: CrowdFiles
  private let seed: UInt64
  private var generator: SeededGenerator
  private(set) var tally = Tally()

  init(_ files: CrowdFiles, seed: UInt64) {
    self.files = files
    self.seed = seed
    generator = SeededGenerator(seed: seed)
  }

  private var place: Comment { "seed \(seed), after \(tally.landed) kills" }

  /// Kills until so many have landed; every store is finished.
  mutating func kill(_ count: Int) throws {
    while tally.landed < count {
      try useUp(most: min(40, count - tally.landed))
      tally.stores += 1
    }
  }

  private mutating func useUp(most: Int) throws {
    let desk = try Desk()
    try desk.expect("init")
    var seats =
      files.imports.map { Seat(commands: ["\($0) --wait 600"], isWriter: true) }
      + (0..<3).map { _ in Seat(commands: KillCrowd.readers, isWriter: false) }
    var acknowledged = -1
    let end = tally.landed + most
    while tally.landed < end, !seats.allSatisfy({ !$0.isWriter || $0.isDone }) {
      try fill(&seats, desk)
      // Writers are where a kill could hurt: they get half of them.
      let isWriter = Bool.random(using: &generator)
      let atWork = isWriter && chance(0.7) ? try writing(seats) : nil
      usleep(UInt32(Double.random(in: 0..<1, using: &generator) * files.pause * 1_000_000))
      let numbers = seats.indices.filter {
        seats[$0].isWriter == isWriter && seats[$0].running != nil
      }
      guard let number = atWork ?? numbers.randomElement(using: &generator) else { continue }
      try kill(&seats[number], desk, &acknowledged)
      if chance(0.15) { try look(desk, beyond: acknowledged) }
    }
    // All of them at once, whatever they hold.
    for number in seats.indices { seats[number].running?.child.send(SIGKILL) }
    for number in seats.indices {
      guard let running = seats[number].running else { continue }
      _ = running.child.wait()
      acknowledged = max(acknowledged, try KillCrowd.acknowledged(running.errors))
    }
    try finish(desk, beyond: acknowledged)
  }

  /// Waits for a moment until one of the writers has stored something; gives its seat.
  private func writing(_ seats: [Seat]) throws -> Int? {
    for _ in 0..<400 {
      for number in seats.indices where seats[number].isWriter {
        guard let running = seats[number].running, running.child.poll() == nil else { continue }
        if try KillCrowd.acknowledged(running.errors) >= 0 { return number }
      }
      usleep(5000)
    }
    return nil
  }

  /// Starts whoever is not there, and looks at how those ended who went by themselves.
  private mutating func fill(_ seats: inout [Seat], _ desk: Desk) throws {
    for number in seats.indices where !seats[number].isDone {
      if let running = seats[number].running {
        guard let ending = running.child.poll() else { continue }
        try judge(ending, running, &seats[number])
        if seats[number].isDone { continue }
      }
      let command = seats[number].commands.randomElement(using: &generator) ?? ""
      seats[number].running = try desk.start(command)
    }
  }

  /// Nobody is ever blocked, refused or misled by what was killed before.
  private mutating func judge(
    _ ending: Child.Ending, _ running: (child: Child, output: String, errors: String),
    _ seat: inout Seat
  ) throws {
    let words = try "\(seat.commands): \(readText(running.output))\(readText(running.errors))"
    // Two backups into one folder: the second is refused.
    let isRefusedBackup =
      try ending == .exit(75) && !seat.isWriter
      && readText(running.errors).contains("Another program is writing")
    #expect(ending == .exit(0) || isRefusedBackup, "\(place.rawValue): \(ending) \(words)")
    tally.ended += 1
    seat.isDone = seat.isWriter && ending == .exit(0)
    seat.running = nil
  }

  private mutating func kill(_ seat: inout Seat, _ desk: Desk, _ acknowledged: inout Int) throws {
    guard let running = seat.running else { return }
    running.child.send(SIGKILL)
    let ending = running.child.wait()
    let stored = try KillCrowd.acknowledged(running.errors)
    acknowledged = max(acknowledged, stored)
    guard ending == .signal(SIGKILL) else {
      tally.late += 1
      return try judge(ending, running, &seat)
    }
    if !seat.isWriter {
      tally.reading += 1
    } else if stored >= 0 {
      tally.writing += 1
    } else {
      tally.waiting += 1
    }
    seat.running = nil
  }

  private static func acknowledged(_ errors: String) throws -> Int {
    try Acknowledgement.all(in: readText(errors)).last?.last ?? -1
  }

  /// A reader that comes now finds a log that is whole and holds what was acknowledged.
  private mutating func look(_ desk: Desk, beyond acknowledged: Int) throws {
    tally.looks += 1
    #expect(try size(desk) > acknowledged, place)
    // As many as there are seats, each with a few transactions, however many were killed.
    #expect(try readers(desk) <= 16, place)
  }

  private func size(_ desk: Desk) throws -> Int {
    let report = try desk.expect("log verify")
    return try #require(report.firstMatch(of: /size (\d+)/).flatMap { Int($0.output.1) }, place)
  }

  private func readers(_ desk: Desk) throws -> Int {
    let report = try desk.run("doctor --format json")
    return try #require(
      report.output.firstMatch(of: /"readers" : (\d+)/).flatMap { Int($0.output.1) },
      "\(place.rawValue): \(report)")
  }

  /// The imports end at once, without waiting for anybody, and nothing tells what happened.
  private mutating func finish(_ desk: Desk, beyond acknowledged: Int) throws {
    #expect(try size(desk) > acknowledged, place)
    #expect(try readers(desk) == 0, place)
    for command in files.imports {
      let outcome = try desk.run(command)
      #expect(outcome.exitCode == 0, "\(place.rawValue): \(outcome)")
    }
    #expect(try size(desk) == files.size, place)
    #expect(try desk.digest() == files.digest, place)
    try desk.expect("log backup bk")
    let drill = try desk.expect("log restore bk --drill")
    #expect(drill.contains(" records can be restored"), place)
  }

  private mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &generator) < probability
  }
}

/// The files of two offices, and what comes of them undisturbed.
final class CrowdFiles {
  let folder: String
  let imports: [String]
  let size: Int
  let digest: String
  /// The longest pause between two kills, in seconds: some part of an import.
  let pause: Double

  init() throws {
    let desk = try Desk()
    let kept = FileManager.default.temporaryDirectory
      .appending(path: "wegmarke-crowd-\(UUID().uuidString)").path
    folder = kept
    let mapping = try readText(
      Program.checkout.appending(path: "projections/mappings/wir-simulated.toml").path)
    let system = try #require(mapping.firstMatch(of: /id-system = "[^"]*"/)).output
    var imports: [String] = []
    for (name, seed) in [("a", 42), ("b", 43)] {
      try FileManager.default.createDirectory(
        atPath: "\(kept)/\(name)", withIntermediateDirectories: true)
      try desk.expect("simulate --participants 600 --seed \(seed) -o \(kept)/\(name)")
      // Two offices, two systems of ids: nobody is in both.
      let own = mapping.replacing(system, with: "id-system = \"\(name)\"")
      try Data(own.utf8).write(to: URL(filePath: "\(kept)/\(name)/office.toml"))
      imports.append(
        "import \(kept)/\(name)/participants.csv \(kept)/\(name)/events.csv"
          + " --mapping \(kept)/\(name)/office.toml --messages 0 --verbose --batch-size 400")
    }
    self.imports = imports
    try desk.expect("init")
    let start = ContinuousClock.now
    for command in imports { try desk.expect(command) }
    pause = (ContinuousClock.now - start) / .seconds(1) * 0.12
    size = try desk.verifiedSize()
    digest = try desk.digest()
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }
}
