import Foundation
import Glibc
import Testing

/// Kills imports at random moments and looks at what they leave.
///
/// `WEGMARKE_KILLS` sets how many, `WEGMARKE_KILL_SEED` with which seed.
@Suite("An import of 20,000 rows that is killed")
struct KillTests {
  private static let variables = ProcessInfo.processInfo.environment
  private static let kills = variables["WEGMARKE_KILLS"].flatMap { Int($0) } ?? 200
  private static let seed =
    variables["WEGMARKE_KILL_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1_000_000)

  @Test(
    "leaves a store that opens, verifies and is gapless, keeps what was acknowledged, and completes"
  )
  func killed() async throws {
    print("kill test: \(Self.kills) kills, seed \(Self.seed) (WEGMARKE_KILL_SEED)")
    let files = try KillFiles()
    // Two at a time: one waits for the disk while the other computes.
    let workers = 2
    let tally = try await withThrowingTaskGroup(of: KillTally.self) { group in
      for worker in 0..<workers {
        group.addTask {
          var run = KillRun(files, seed: Self.seed &+ UInt64(worker) &* 7919)
          return try run.kill(Self.kills / workers + (worker < Self.kills % workers ? 1 : 0))
        }
      }
      var sum = KillTally()
      for try await tally in group { sum += tally }
      return sum
    }
    print("kill test: \(tally)")
    #expect(tally.landed == Self.kills)
    #expect(tally.finished > 0, "no store was ever finished")
  }
}
