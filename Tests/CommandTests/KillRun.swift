import Foundation
import Glibc
import TestSupport
import Testing

/// One line of killed imports: store after store, each killed until it is left to finish.
struct KillRun {
  private let files: KillFiles
  private let seed: UInt64
  private var generator: SeededGenerator
  private var tally = KillTally()
  /// How long an import takes, learnt from those that ended by themselves.
  private var expected: [Int: Double]

  init(_ files: KillFiles, seed: UInt64) {
    self.files = files
    self.seed = seed
    generator = SeededGenerator(seed: seed)
    expected = Dictionary(
      uniqueKeysWithValues: files.undisturbed.map { ($0.batchSize, $0.duration / .seconds(1)) })
  }

  /// Kills imports until so many kills have landed in running ones; every store is finished.
  mutating func kill(_ count: Int) throws -> KillTally {
    var store = 0
    while tally.landed < count {
      try useUp(files.undisturbed[store % files.undisturbed.count], until: count)
      store += 1
    }
    return tally
  }

  /// Kills the imports into one store, checks it after each, and lets the last one finish.
  private mutating func useUp(_ plain: UndisturbedImport, until count: Int) throws {
    let desk = try Desk()
    try desk.expect("init")
    var acknowledged = -1
    while tally.landed < count, chance(0.92) || acknowledged < 0 {
      let place: Comment =
        "seed \(seed), after \(tally.landed) kills, batches of \(plain.batchSize)"
      let running = try desk.start(plain.command)
      let hadData = acknowledged > 1
      try wait(for: running, plain, isResumed: hadData)
      running.child.send(SIGKILL)
      let ending = running.child.wait()
      let stored = try Acknowledgement.all(in: readText(running.errors))
      acknowledged = max(acknowledged, stored.last?.last ?? -1)
      if ending == .exit(0) {
        tally.late += 1
        break
      }
      #expect(ending == .signal(SIGKILL), place)
      let hasReported = try !readText(running.output).isEmpty
      if hasReported {
        tally.refreshing += 1
      } else if hadData || stored.count > 1 {
        tally.between += 1
      } else {
        tally.beforeFirst += 1
      }
      try check(desk, acknowledged, plain, place)
    }
    try finish(desk, plain)
  }

  /// Waits for the moment at which to kill, or for the end of the process.
  private mutating func wait(
    for running: (child: Child, output: String, errors: String), _ plain: UndisturbedImport,
    isResumed: Bool
  ) throws {
    // Shorter than the undisturbed import, so that few kills come after the end.
    let most: Double
    switch Double.random(in: 0..<1, using: &generator) {
    case ..<0.45:
      most = expected[plain.batchSize, default: 1] * (isResumed ? 0.6 : 0.95)
    case ..<0.85:
      // Checking takes longer than storing, which is where a kill could hurt.
      try wait(for: running.errors, of: running.child)
      most = plain.storing / .seconds(1) * (isResumed ? 0.4 : 0.8)
    default:
      try wait(for: running.output, of: running.child)
      most = plain.refresh / .seconds(1) * 0.6
    }
    usleep(UInt32(Double.random(in: 0..<1, using: &generator) * most * 1_000_000))
  }

  /// Waits until a child has said something, or has ended.
  private func wait(for stream: String, of child: Child) throws {
    while try readText(stream).isEmpty, child.poll() == nil { usleep(500) }
  }

  /// The store opens, is whole, and holds what was acknowledged.
  private mutating func check(
    _ desk: Desk, _ acknowledged: Int, _ plain: UndisturbedImport, _ place: Comment
  ) throws {
    let size = try size(of: desk)
    #expect(size > acknowledged, place)
    // Only whole batches, in the order of the files: it ends where the undisturbed import once did.
    #expect(size == 0 || plain.digests[size - 1] != nil, place)
    // What was known at an acknowledged commit is what is known there without any kill.
    if acknowledged >= 0, chance(0.3) {
      let expected = try #require(plain.digests[acknowledged], place)
      #expect(try desk.digest(asOf: "#\(acknowledged)") == expected, place)
    }
  }

  /// The number of records of a store that holds.
  private func size(of desk: Desk) throws -> Int {
    let report = try desk.expect("log verify")
    return try #require(report.firstMatch(of: /size (\d+)/).flatMap { Int($0.output.1) })
  }

  /// The import completes, and nothing tells that it was ever disturbed.
  private mutating func finish(_ desk: Desk, _ plain: UndisturbedImport) throws {
    let start = ContinuousClock.now
    let last = try desk.run(plain.command)
    #expect(last.exitCode == 0, "seed \(seed): \(last)")
    if !last.output.contains("(resumed)"), !last.output.hasPrefix("Nothing to do") {
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      expected[plain.batchSize, default: seconds] *= 0.7
      expected[plain.batchSize, default: 0] += 0.3 * seconds
    }
    // The digest opens every seal, so this check need not.
    #expect(try size(of: desk) == plain.size, "seed \(seed)")
    #expect(try desk.digest() == plain.digest, "seed \(seed)")
    tally.finished += 1
  }

  private mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &generator) < probability
  }
}
