import FoundationEssentials
import Synchronization
import TestSupport
import Testing

/// Drives stores with random steps and compares them with a naive log in memory.
///
/// `WEGMARKE_MODEL_SEEDS` sets how many seeds, `WEGMARKE_MODEL_SEED` the first one; a failure
/// prints its seed and the shortest list of steps found that still fails.
@Suite("A store beside a naive log in memory")
struct StoreModelTests {
  private static let variables = ProcessInfo.processInfo.environment
  private static let seeds = variables["WEGMARKE_MODEL_SEEDS"].flatMap { UInt64($0) } ?? 1000
  private static let first = variables["WEGMARKE_MODEL_SEED"].flatMap { UInt64($0) } ?? 1

  @Test("says the same after every step, whatever the steps are")
  func model() async throws {
    let digests = DigestBook()
    let queue = SeedQueue(Self.first..<Self.first + Self.seeds)
    let (tally, failure) = await withTaskGroup(of: (Tally, Failure?).self) { group in
      for _ in 0..<2 {
        group.addTask {
          var tally = Tally()
          while let seed = queue.next() {
            let result = attempt(seed: seed, steps: Self.steps(of: seed), digests)
            tally += result.tally
            if let failure = result.failure {
              queue.close()
              return (tally, failure)
            }
          }
          return (tally, nil)
        }
      }
      var sum = Tally()
      var failure: Failure?
      for await (tally, found) in group {
        sum += tally
        failure = failure ?? found
      }
      return (sum, failure)
    }
    print("model test: \(tally), \(digests.count) different states")
    if let failure { Issue.record("\(shortened(failure))") }
  }

  @Test("finds out a naive log that lies in one place, and shortens the way there")
  func lies() throws {
    for lie in NaiveLog.Lie.allCases {
      for seed in UInt64(1)...5 {
        let steps = Self.steps(of: seed)
        let failure = attempt(seed: seed, steps: steps, DigestBook(), lie: lie).failure
        #expect(failure?.isMismatch == true, "\(lie), seed \(seed): \(failure?.error ?? "nothing")")
      }
    }
    let failure = try #require(
      attempt(seed: 1, steps: Self.steps(of: 1), DigestBook(), lie: .event).failure)
    let short = shortened(failure, lie: .event)
    #expect(short.steps.count < failure.steps.count && !short.lines.isEmpty)
    #expect(short.isMismatch)
  }

  /// Lists of steps that once failed, with what was wrong.
  private static let mended: [(seed: UInt64, steps: [Step])] = [
    // The days of attributes of somebody overlaid before a merge that only the other's stream told.
    (
      29,
      [
        Step(kind: .correct, seed: 150_161_557_626_562),
        Step(kind: .append, seed: 188_820_149_949_412),
        Step(kind: .admit, seed: 189_976_500_242_308),
        Step(kind: .takeBack, seed: 91_185_261_230_762),
        Step(kind: .merge, seed: 29_084_709_425_461),
      ]
    ),
    // Here the naive log was wrong: it gave the rest of a half-erased pair the name of the erased one.
    (
      2770,
      [
        Step(kind: .admit, seed: 268_861_492_766_914),
        Step(kind: .admit, seed: 143_999_648_169_482),
        Step(kind: .admit, seed: 60_419_563_186_502),
        Step(kind: .admit, seed: 151_936_354_783_338),
        Step(kind: .admit, seed: 202_418_151_365_640),
        Step(kind: .admit, seed: 131_882_531_437_764),
        Step(kind: .merge, seed: 137_085_881_543_899),
        Step(kind: .erase, seed: 94_116_703_994_318),
        Step(kind: .appendToSeveral, seed: 9_103_103_806_484),
        Step(kind: .admit, seed: 74_590_887_055_025),
      ]
    ),
  ]

  @Test("says the same where it once did not")
  func mended() {
    for (seed, steps) in Self.mended {
      let failure = attempt(seed: seed, steps: steps, DigestBook()).failure
      #expect(failure == nil, "\(failure?.description ?? "")")
    }
  }

  @Test("goes the same way every time for the same seed")
  func determinism() throws {
    for seed in UInt64(1)...6 {
      let lines = try (0..<2).map { _ in
        let trial = try Trial(seed: seed, digests: DigestBook())
        try trial.run(Self.steps(of: seed))
        return trial.lines
      }
      #expect(lines[0] == lines[1], "seed \(seed)")
    }
  }

  private static func steps(of seed: UInt64) -> [Step] {
    Step.list(seed: seed, count: 20 + Int(seed % 26))
  }
}

/// Hands out seeds to whoever asks.
final class SeedQueue: Sendable {
  private let seeds: Mutex<Range<UInt64>>

  init(_ seeds: Range<UInt64>) { self.seeds = Mutex(seeds) }

  func next() -> UInt64? { seeds.withLock { $0.popFirst() } }

  func close() { seeds.withLock { $0 = $0.upperBound..<$0.upperBound } }
}

/// A list of steps that failed, and how.
struct Failure: CustomStringConvertible {
  let seed: UInt64
  let steps: [Step]
  let error: String
  /// Whether the two disagreed, and not something else went wrong.
  let isMismatch: Bool
  /// What was done up to the failure.
  let lines: [String]

  var description: String {
    "seed \(seed), \(steps.count) steps:\n\(lines.joined(separator: "\n"))\n\(error)"
  }
}

/// Runs one trial.
func attempt(
  seed: UInt64, steps: [Step], _ digests: DigestBook, lie: NaiveLog.Lie? = nil
) -> (tally: Tally, failure: Failure?) {
  var trial: Trial?
  do {
    let running = try Trial(seed: seed, digests: digests)
    trial = running
    try running.run(steps, lie: lie)
    running.tally.trials = 1
    return (running.tally, nil)
  } catch {
    let failure = Failure(
      seed: seed, steps: steps, error: "\(error)", isMismatch: error is Mismatch,
      lines: trial?.lines ?? [])
    return (trial?.tally ?? Tally(), failure)
  }
}

/// Leaves out steps as long as the rest still fails; at most 400 tries.
func shortened(_ failure: Failure, lie: NaiveLog.Lie? = nil) -> Failure {
  var best = failure
  var tries = 0
  var length = max(1, best.steps.count / 2)
  while tries < 400 {
    var start = 0
    var isShorter = false
    while start < best.steps.count, tries < 400 {
      var steps = best.steps
      steps.removeSubrange(start..<min(start + length, steps.count))
      tries += 1
      let shorter = attempt(seed: best.seed, steps: steps, DigestBook(), lie: lie).failure
      if let shorter {
        best = shorter
        isShorter = true
      } else {
        start += length
      }
    }
    if length == 1, !isShorter { break }
    length = max(1, length / 2)
  }
  return best
}
