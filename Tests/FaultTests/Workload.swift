import Foundation
import Testing

/// What a program is made to do while it is watched.
struct Workload: CustomTestStringConvertible, Sendable {
  let name: String
  /// Lines of `wegmarke`, or of the worker when they begin with `worker`; `BATCH` is the code of the
  /// import before.
  let lines: [String]
  var environment: [String: String] = [:]
  /// The least size of the log's file at the end: what the map began with, so that it had to grow.
  var leastBytes = 0
  /// Records that may be stored without having been acknowledged; nil for one commit.
  var extra: Int?

  var testDescription: String { name }

  private static let importing = "--mapping wir-simulated --messages 0 --verbose --batch-size"

  /// The ids of made-up people, without the last digit.
  private static let person = "wir-sim:S-000000"

  static let importAndAsk = Workload(
    name: "new store, import, view",
    lines: [
      "init", "import net/participants.csv net/events.csv \(importing) 60",
      "ask retention-after-job-start",
    ])

  /// Says that events can be seen before they are stored.
  static let hasty = Workload(
    name: "seen before stored",
    lines: ["init", "worker group --folder user --threads 4 --rounds 8 --hasty yes"], extra: 12)

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
      name: "group commit with consumers",
      lines: ["init", "worker group --folder user --threads 4 --rounds 8 --consumers 3"], extra: 12),
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
      name: "recorded, corrected, merged, undone",
      lines: [
        "init", "import net/participants.csv \(importing) 500",
        "record CounsellingHeld \(person)1 --on 2024-07-01",
        "correct 2 --on 2023-01-04 --reason letter", "correct 2 --on 2023-01-05 --reason again",
        "ask retention-after-job-start", "retract 3 --code not_happened --reason mistake",
        "participants merge \(person)2 \(person)3 --reason same", "ask retention-after-job-start",
        "participants unmerge \(person)3 --reason twins",
        "privacy restrict \(person)5 --statistics exclude --reason disputed",
        "import net/events.csv \(importing) 300", "import undo BATCH --reason wrong --yes",
        "ask retention-after-job-start",
      ]),
    Workload(
      name: "erasure by the program",
      lines: [
        "init", "import net/participants.csv \(importing) 500", "timeline \(person)4",
        "participants merge \(person)7 \(person)9 --reason same", "ask retention-after-job-start",
        "privacy erase \(person)4 --reason asked --yes",
        "privacy erase \(person)9 --reason asked --yes", "ask retention-after-job-start",
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
    var batch = ""
    for line in lines {
      if line.hasPrefix("worker ") {
        let words = line.split(separator: " ").dropFirst().map(String.init)
        let outcome = try place.run("FaultWorker", words, with: variables)
        try #require(outcome.exitCode == 0, "\(line): \(outcome)")
      } else {
        let said = try place.expect(line.replacing("BATCH", with: batch), with: variables)
        if let code = said.firstMatch(of: /I-\d{4}-\d{4}/) { batch = String(code.output) }
      }
    }
    let log = try FileManager.default.attributesOfItem(atPath: "\(place.store)/log/data.mdb")
    try #require((log[.size] as? NSNumber)?.intValue ?? 0 >= leastBytes)
    let facts = try FileManager.default.attributesOfItem(atPath: place.home)
    return try #require((facts[.systemFileNumber] as? NSNumber)?.intValue)
  }
}
