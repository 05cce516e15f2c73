import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Ctrl-C during an import", .serialized)
struct ImportCtrlCTests {
  private static let command =
    "import net/participants.csv net/events.csv --mapping wir-simulated --messages 0 --verbose"
    + " --batch-size 300"

  private func desk() throws -> Desk {
    let desk = try Desk()
    try desk.expect("simulate --participants 400 --seed 5 -o net")
    try desk.expect("init")
    return desk
  }

  /// What the import leaves that nobody disturbed, and how long it takes.
  private func undisturbed() throws -> (size: Int, digest: String, seconds: Double) {
    let desk = try desk()
    let start = ContinuousClock.now
    try desk.expect(Self.command)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    return (try desk.verifiedSize(), try desk.digest(), seconds)
  }

  @Test("leaves a good store at any moment; the same command completes it", arguments: [1, 2, 3])
  func anyMoment(seed: UInt64) throws {
    let plain = try undisturbed()
    var random = SeededGenerator(seed: seed)
    var interrupted = 0
    for _ in 0..<2 {
      let desk = try desk()
      var acknowledged = -1
      var runs = 0
      while runs < 5 {
        runs += 1
        let running = try desk.start(Self.command)
        // Some moments fall between, and some behind the beginning of storing.
        if Bool.random(using: &random) {
          while try readText(running.errors).isEmpty, running.child.poll() == nil { usleep(500) }
        }
        usleep(UInt32(Double.random(in: 0..<plain.seconds * 0.7, using: &random) * 1_000_000))
        running.child.send(SIGINT)
        // An impatient person presses twice.
        if Int.random(in: 0..<3, using: &random) == 0 {
          usleep(UInt32.random(in: 0..<20_000, using: &random))
          running.child.send(SIGINT)
        }
        let ending = running.child.wait()
        let stored = try Acknowledgement.all(in: readText(running.errors))
        acknowledged = max(acknowledged, stored.last?.last ?? -1)
        let place: Comment = "seed \(seed), run \(runs): \(ending)"
        // Before the program watches, and once all is stored, the signal ends it as usual.
        #expect(ending == .exit(130) || ending == .signal(SIGINT) || ending == .exit(0), place)
        #expect(try desk.verifiedSize() > acknowledged, place)
        if ending == .exit(0) { break }
        interrupted += 1
      }
      let last = try desk.run(Self.command)
      #expect(last.exitCode == 0, "seed \(seed): \(last)")
      #expect(try desk.verifiedSize() == plain.size, "seed \(seed)")
      #expect(try desk.digest() == plain.digest, "seed \(seed)")
    }
    #expect(interrupted > 0, "seed \(seed)")
  }
}
