import Foundation
import Testing

/// What a program is made to do while it is watched.
struct Workload: CustomTestStringConvertible, Sendable {
  let name: String
  /// Lines of `wegmarke`, or of the worker when they begin with `worker`.
  let lines: [String]
  var environment: [String: String] = [:]
  /// The least size of the log's file at the end: what the map began with, so that it had to grow.
  var leastBytes = 0
  /// Records that may be stored without having been acknowledged; nil for one commit.
  var extra: Int?

  var testDescription: String { name }

  private static let importing = "--mapping wir-simulated --messages 0 --verbose --batch-size"

  static let importAndAsk = Workload(
    name: "new store, import, view",
    lines: [
      "init", "import net/participants.csv net/events.csv \(importing) 60",
      "ask retention-after-job-start",
    ])

  /// The workloads of the crash matrix.
  static let all: [Workload] = [
    importAndAsk,
    Workload(
      name: "view refreshed, rebuilt, switched",
      lines: [
        "init", "import net/participants.csv \(importing) 500", "ask retention-after-job-start",
        "import net/events.csv \(importing) 100", "ask retention-after-job-start",
        "views rebuild", "ask retention-after-job-start",
      ]),
    Workload(
      name: "group commit", lines: ["init", "worker group --folder user --threads 4 --rounds 8"],
      extra: 12),
    Workload(
      name: "map growth",
      lines: ["init", "import net/participants.csv net/events.csv \(importing) 90"],
      environment: ["WEGMARKE_FAULTS_MAP": "98304"], leastBytes: 98304 + 4096),
    Workload(
      name: "erasure",
      lines: [
        "init", "import net/participants.csv \(importing) 500", "ask retention-after-job-start",
        "worker erase --folder user --refs 3,5,8", "ask retention-after-job-start",
      ]),
    Workload(
      name: "backup",
      lines: [
        "init", "import net/participants.csv \(importing) 500", "log backup user/backups",
        "import net/events.csv \(importing) 300", "log backup user/backups",
      ]),
    Workload(
      name: "signed checkpoints",
      lines: [
        "init", "log checkpoint", "import net/participants.csv \(importing) 500",
        "log checkpoint", "import net/events.csv \(importing) 200", "log checkpoint",
      ]),
  ]

  /// Runs the lines in a workplace and leaves the trace there.
  ///
  /// - Returns: The inode of the watched folder.
  func record(in place: Workplace, with more: [String: String] = [:]) throws -> Int {
    try place.expect(
      "simulate --participants \(setting("WEGMARKE_CRASH_PEOPLE", 30)) --seed 5 -o net")
    var variables = environment.merging(more) { $1 }
    variables["WEGMARKE_FAULTS_TRACE"] = "\(place.folder)/trace"
    for line in lines {
      if line.hasPrefix("worker ") {
        let words = line.split(separator: " ").dropFirst().map(String.init)
        let outcome = try place.run("FaultWorker", words, with: variables)
        try #require(outcome.exitCode == 0, "\(line): \(outcome)")
      } else {
        try place.expect(line, with: variables)
      }
    }
    let log = try FileManager.default.attributesOfItem(atPath: "\(place.store)/log/data.mdb")
    try #require((log[.size] as? NSNumber)?.intValue ?? 0 >= leastBytes)
    let facts = try FileManager.default.attributesOfItem(atPath: place.home)
    return try #require((facts[.systemFileNumber] as? NSNumber)?.intValue)
  }
}
