import Foundation
import Testing

/// Every call on a file that a command makes is made to fail once, one after the other.
///
/// The caller must learn what became of the command, the store must hold, and the same command must
/// succeed when the device works again.
@Suite(
  "A device that fails",
  .enabled(if: Workplace.areProgramsThere, "WEGMARKE_BINARY names no folder with the programs"))
struct IOFaultTests {
  struct Command: Sendable {
    let line: String
    /// What has been done before.
    let before: [String]
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let command: Command
    let fault: Fault
    var testDescription: String { "\(command.line.prefix(24)), \(fault.name)" }
  }

  /// A kind of call and how it fails.
  struct Fault: Sendable {
    let name: String
    let kind: String
    let code: Int32
    /// Whether every later call fails too.
    var goesOn = false

    func setting(_ number: Int) -> String { "\(kind):\(number):\(code)\(goesOn ? ":on" : "")" }
  }

  private static let importing =
    "import net/participants.csv net/events.csv --mapping wir-simulated --messages 0 --batch-size 25"

  static let commands = [
    Command(line: "init", before: []),
    Command(line: importing, before: ["init"]),
    Command(line: "ask retention-after-job-start", before: ["init", importing]),
    Command(line: "log checkpoint", before: ["init", importing]),
  ]

  static let faults = [
    Fault(name: "write EIO", kind: "write", code: EIO),
    Fault(name: "write ENOSPC", kind: "write", code: ENOSPC),
    Fault(name: "every write ENOSPC", kind: "write", code: ENOSPC, goesOn: true),
    Fault(name: "short write", kind: "short", code: 0),
    Fault(name: "sync EIO", kind: "sync", code: EIO),
    Fault(name: "every sync EIO", kind: "sync", code: EIO, goesOn: true),
    Fault(name: "truncate EIO", kind: "truncate", code: EIO),
    Fault(name: "open EIO", kind: "open", code: EIO),
    Fault(name: "open ENOSPC", kind: "open", code: ENOSPC),
    Fault(name: "rename EIO", kind: "rename", code: EIO),
    Fault(name: "unlink EIO", kind: "unlink", code: EIO),
    Fault(name: "mkdir ENOSPC", kind: "mkdir", code: ENOSPC),
  ]

  static let cases = commands.flatMap { command in
    faults.map { Case(command: command, fault: $0) }
  }

  @Test("leaves the caller with an answer, the store whole, and the way on open", arguments: cases)
  func fault(_ given: Case) throws {
    let prepared = try Workplace()
    try prepared.expect("simulate --participants 5 --seed 3 -o net")
    for line in given.command.before { try prepared.expect(line) }
    let plain = try Attempt(from: prepared)
    try plain.place.expect(given.command.line)
    let expected = try plain.state()

    var number = 0
    var tally: [String: Int] = [:]
    while true {
      number += 1
      let attempt = try Attempt(from: prepared)
      let outcome = try attempt.run(given.command.line, given.fault.setting(number))
      guard try attempt.wasStruck() else {
        #expect(outcome.exitCode == 0, "\(outcome)")
        break
      }
      let place: Comment = "\(given.testDescription), call \(number): \(outcome)"
      let word = try check(attempt, outcome, given.command, expected, place)
      tally[word, default: 0] += 1
      try #require(number < 2000, "it never ends")
    }
    print("I/O faults, \(given.testDescription): \(number - 1) calls failed, \(tally)")
  }

  /// One call failed; gives what became of the command.
  private func check(
    _ attempt: Attempt, _ outcome: Workplace.Outcome, _ command: Command,
    _ expected: Attempt.State, _ place: Comment
  ) throws -> String {
    let state = try attempt.state()
    if outcome.exitCode == 0 {
      #expect(state == expected, place)
      return "done all the same"
    }
    // The device's fault and no mistake of the program, in words; where only reopening can tell what
    // became of a commit, that is said.
    let isOpen = outcome.errors.contains("may or may not be on disk")
    #expect([73, 74].contains(outcome.exitCode ?? -1), place)
    #expect(outcome.errors.contains("Error: "), place)
    #expect(!outcome.errors.contains("unexpected"), place)
    if case .refused = state { Issue.record(place) }
    if let told = outcome.errors.firstMatch(of: /Stored for good: \d+ of \d+ rows, (\d+) events/),
      case .sound(let size, _) = state
    {
      // The import's own two records come with the first events.
      let events = try #require(Int(told.output.1))
      let told = size == 0 ? 0 : events + 2
      #expect(isOpen ? size >= told : size == told, place)
    }
    let again = try attempt.run(command.line, nil)
    if command.line == "init", case .sound = state {
      #expect(again.exitCode == 73, place)
      return "committed"
    }
    #expect(again.exitCode == 0, "\(place) then \(again)")
    #expect(try attempt.state().digest == expected.digest, place)
    return state == expected ? "committed" : "not committed, then done"
  }

  /// A copy of a prepared store with one command to run on it.
  private struct Attempt {
    enum State: Equatable {
      case absent
      case sound(size: Int, digest: String)
      case refused(String)

      var digest: String? { if case .sound(_, let digest) = self { digest } else { nil } }
    }

    let place: Workplace

    init(from prepared: Workplace) throws {
      place = try Workplace()
      try FileManager.default.removeItem(atPath: place.home)
      for name in ["user", "net"] {
        try FileManager.default.copyItem(
          atPath: "\(prepared.folder)/\(name)", toPath: "\(place.folder)/\(name)")
      }
    }

    func run(_ line: String, _ fault: String?) throws -> Workplace.Outcome {
      guard let fault else { return try place.wegmarke(line) }
      return try place.wegmarke(
        line,
        with: ["WEGMARKE_FAULTS_FAIL": fault, "WEGMARKE_FAULTS_TOLD": "\(place.folder)/told"])
    }

    func wasStruck() throws -> Bool { try !place.read("told").isEmpty }

    func state() throws -> State {
      let outcome = try place.run("FaultWorker", ["inspect", "--folder", "user"])
      let words = outcome.output.split(whereSeparator: { " \n".contains($0) }).map(String.init)
      switch words.first {
      case "absent": return .absent
      case "sound": return .sound(size: Int(words[1]) ?? -1, digest: words[3])
      default: return .refused("\(outcome)")
      }
    }
  }
}
