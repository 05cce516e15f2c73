import Foundation
import Glibc
import Testing

/// The files that all imports take in, and what comes of them undisturbed.
final class KillFiles: Sendable {
  let folder: String
  let undisturbed: [UndisturbedImport]

  /// The sizes of batches: as usual, and small so that there are many.
  static let batchSizes = [16_000, 5_000, 1_500]

  static func command(_ batchSize: Int, in folder: String) -> String {
    "import \(folder)/net/participants.csv \(folder)/net/events.csv --mapping wir-simulated"
      + " --messages 0 --verbose --batch-size \(batchSize)"
  }

  init() throws {
    let desk = try Desk()
    // 2,270 people of this seed make 20,000 rows.
    try desk.expect("simulate --participants 2270 --seed 42 -o net")
    let kept = FileManager.default.temporaryDirectory
      .appending(path: "wegmarke-kills-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: "\(desk.folder)/net", toPath: "\(kept)/net")
    folder = kept
    let rows = try ["participants", "events"].reduce(0) { sum, name in
      try sum + readText("\(kept)/net/\(name).csv").utf8.count { $0 == 0x0A } - 1
    }
    #expect((19_500...20_500).contains(rows), "\(rows) rows")
    undisturbed = try KillFiles.batchSizes.map { try UndisturbedImport(batchSize: $0, kept) }
    #expect(Set(undisturbed.map(\.digest)).count == 1)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }
}

/// What an import does that nobody kills.
struct UndisturbedImport {
  let batchSize: Int
  let command: String
  let size: Int
  let digest: String
  /// The digest of what is known after each commit, by the last position.
  let digests: [Int: String]
  let duration: Duration
  /// How long it took from the first commit to the report.
  let storing: Duration
  /// How long the view was refreshed after the report.
  let refresh: Duration

  init(batchSize: Int, _ folder: String) throws {
    self.batchSize = batchSize
    command = KillFiles.command(batchSize, in: folder)
    let desk = try Desk()
    try desk.expect("init")
    let start = ContinuousClock.now
    let running = try desk.start(command)
    var (begun, reported): (ContinuousClock.Instant?, ContinuousClock.Instant?)
    while running.child.poll() == nil {
      if begun == nil, try !readText(running.errors).isEmpty { begun = .now }
      if reported == nil, try !readText(running.output).isEmpty { reported = .now }
      usleep(500)
    }
    let end = ContinuousClock.now
    #expect(running.child.wait() == .exit(0))
    duration = end - start
    storing = (reported ?? end) - (begun ?? start)
    refresh = end - (reported ?? end)
    size = try desk.verifiedSize()
    digest = try desk.digest()
    var digests: [Int: String] = [:]
    let commits = try Acknowledgement.all(in: readText(running.errors))
    for stored in commits {
      digests[stored.last] = try desk.digest(asOf: "#\(stored.last)")
    }
    self.digests = digests
    #expect(digests[size - 1] == digest)
  }
}
