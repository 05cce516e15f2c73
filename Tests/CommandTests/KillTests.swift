import Foundation
import Glibc
import Testing

/// Kills programs at random moments and looks at what they leave.
///
/// `WEGMARKE_KILLS` sets how many, `WEGMARKE_KILL_SEED` with which seed.
private enum Kills {
  private static let variables = ProcessInfo.processInfo.environment
  static let count = variables["WEGMARKE_KILLS"].flatMap { Int($0) } ?? 200
  static let seed =
    variables["WEGMARKE_KILL_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1_000_000)
}

@Suite("Two imports and three readers that are killed")
struct KillCrowdTests {
  @Test("leave a log that is whole, never block anybody, and both imports complete")
  func killed() throws {
    print("kill test: \(Kills.count) kills, seed \(Kills.seed) (WEGMARKE_KILL_SEED)")
    var crowd = KillCrowd(try CrowdFiles(), seed: Kills.seed)
    try crowd.kill(Kills.count)
    print("kill test: \(crowd.tally)")
    #expect(crowd.tally.landed == Kills.count)
    #expect(crowd.tally.stores > 0 && crowd.tally.looks > 0)
    #expect(crowd.tally.writing > 0 && crowd.tally.waiting > 0 && crowd.tally.reading > 0)
  }
}

@Suite("An import of 20,000 rows that is killed")
struct KillTests {
  /// By itself an import is compared commit by commit, which costs more; so it is killed less often.
  private static let kills = max(1, Kills.count / 5)

  @Test(
    "leaves a store that opens, verifies and is gapless, keeps what was acknowledged, and completes"
  )
  func killed() async throws {
    print("kill test of one import: \(Self.kills) kills, seed \(Kills.seed)")
    let files = try KillFiles()
    // Two at a time: one waits for the disk while the other computes.
    let workers = 2
    let tally = try await withThrowingTaskGroup(of: KillTally.self) { group in
      for worker in 0..<workers {
        group.addTask {
          var run = KillRun(files, seed: Kills.seed &+ UInt64(worker) &* 7919)
          return try run.kill(Self.kills / workers + (worker < Self.kills % workers ? 1 : 0))
        }
      }
      var sum = KillTally()
      for try await tally in group { sum += tally }
      return sum
    }
    print("kill test of one import: \(tally)")
    #expect(tally.landed == Self.kills)
    #expect(tally.finished > 0, "no store was ever finished")
  }
}
