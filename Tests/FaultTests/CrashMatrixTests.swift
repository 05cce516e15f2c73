import Testing

/// Every write and flush of a real run is recorded; then every image that a loss of power could
/// have left is opened and checked.
///
/// `WEGMARKE_CRASH_IMAGES` is the number of images of each workload, `WEGMARKE_CRASH_SEED` the seed
/// of the random ones.
@Suite(
  "A loss of power",
  .enabled(if: Workplace.areProgramsThere, "WEGMARKE_BINARY names no folder with the programs"),
  .serialized)
struct CrashMatrixTests {
  private static let seed = setting("WEGMARKE_CRASH_SEED", 1)
  private static let images = setting("WEGMARKE_CRASH_IMAGES", 6_000 / Workload.all.count)

  /// Not a test for each workload: what counts is the sum.
  @Test("loses nothing that was acknowledged or read, whatever of the unflushed writes survived")
  func matrix() throws {
    var sum = CrashTally()
    for workload in Workload.all {
      let place = try Workplace()
      let inode = try workload.record(in: place)
      let run = CrashRun(place: place, rootInode: inode, seed: Self.seed, extra: workload.extra)
      let tally = try run.check(images: Self.images)
      print("crash matrix, \(workload.name): \(tally), seed \(Self.seed)")
      print("  \(tally.kinds.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })")
      // About so many: two lanes round for themselves.
      #expect(tally.images >= Self.images * 9 / 10, "\(workload.name)")
      #expect(
        tally.faults == 0, "\(workload.name): \(tally)\n\(tally.words.joined(separator: "\n"))")
      sum = sum + tally
    }
    print("crash matrix, all workloads: \(sum), seed \(Self.seed)")
    // Asked are 6,000 in ordinary runs, so that 5,000 are sure.
    let asked = Self.images * Workload.all.count
    #expect(sum.images >= asked * 9 / 10, "\(sum)")
  }

  /// A way to be unsafe, which this harness must notice.
  struct Sin: CustomTestStringConvertible, Sendable {
    let name: String
    var environment: [String: String] = [:]
    var forgetting: [String] = []
    var workload = Workload.importAndAsk
    var testDescription: String { name }
  }

  @Test(
    "is found to lose something when the program is unsafe on purpose",
    arguments: [
      Sin(name: "LMDB without flushes", environment: ["WEGMARKE_FAULTS_NOSYNC": "1"]),
      Sin(name: "flushes of the log forgotten", forgetting: ["data.mdb"]),
      Sin(name: "keys reach the device after the log", forgetting: ["/keys/epoch-"]),
      Sin(name: "names never flushed", forgetting: ["/user/data", "/user/config"]),
      Sin(name: "seen before it is stored", workload: .hasty),
    ])
  func teeth(sin: Sin) throws {
    let place = try Workplace()
    let inode = try sin.workload.record(in: place, with: sin.environment)
    let run = CrashRun(
      place: place, rootInode: inode, seed: Self.seed, extra: sin.workload.extra,
      forgetting: sin.forgetting)
    let tally = try run.check(images: 150)
    print("crash matrix, unsafe on purpose, \(sin.name): \(tally)")
    #expect(tally.lost > 0, "\(tally)")
  }
}
