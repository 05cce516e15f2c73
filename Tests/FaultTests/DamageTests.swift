import Foundation
import Testing

/// What became of the damages to one file.
struct DamageTally: CustomStringConvertible {
  var damages = 0
  var nothing = 0
  var detected = 0
  /// Verification ended by a signal, which `log verify` reports as a finding.
  var endedVerifying = 0
  /// Unnoticed, and everything reads back the same: a free page, or bytes between entries.
  var unused = 0
  var refused = 0
  var endedAsking = 0
  /// Never came to an end, and were stopped by an alarm.
  var endless = 0
  /// An older state of the log, which agrees with itself; and such that verification did not report.
  var older = 0
  var olderUnnoticed = 0
  /// Keys destroyed without an order: reported, but answers leave out what they opened.
  var bare = 0
  var faults: [String] = []
  /// Numbers of damages that ended the process that asked.
  var ending: [Int] = []

  var description: String {
    "\(damages) damages: \(detected + endedVerifying) reported (\(endedVerifying) by the death of"
      + " the reader), \(unused) in unused places; asked all the same: \(refused) refused,"
      + " \(endedAsking) ended with a signal, \(older) answered as of an earlier commit"
      + " (\(olderUnnoticed) unnoticed), \(bare) without keys that nobody ordered destroyed, \(endless) without an end, \(faults.count) wrong or missed"
  }

  static func + (left: DamageTally, right: DamageTally) -> DamageTally {
    var sum = left
    sum.damages += right.damages
    sum.nothing += right.nothing
    sum.detected += right.detected
    sum.endedVerifying += right.endedVerifying
    sum.unused += right.unused
    sum.refused += right.refused
    sum.endedAsking += right.endedAsking
    sum.endless += right.endless
    sum.older += right.older
    sum.olderUnnoticed += right.olderUnnoticed
    sum.bare += right.bare
    sum.faults += right.faults
    sum.ending += right.ending
    return sum
  }
}

@Suite(
  "Damage to the files of a store",
  .enabled(if: Workplace.areProgramsThere, "WEGMARKE_BINARY names no folder with the programs"),
  .serialized)
struct DamageTests {
  struct Target: CustomTestStringConvertible, Sendable {
    let file: String
    let units: String
    var testDescription: String { file }
  }

  private static let seed = setting("WEGMARKE_DAMAGE_SEED", 1)
  /// Of so many damages one is tried.
  private static let every = setting("WEGMARKE_DAMAGE_EVERY", 1)

  /// A store of people of an import and of twelve requests that are known by their keys.
  private static func store() throws -> Workplace {
    let place = try Workplace()
    try place.expect("simulate --participants 12 --seed 9 -o net")
    try place.expect("init")
    let made = try place.run(
      "FaultWorker", ["group", "--folder", "user", "--threads", "1", "--rounds", "12"])
    try #require(made.exitCode == 0, "\(made)")
    for file in ["participants", "events"] {
      try place.expect("import net/\(file).csv --mapping wir-simulated --messages 0")
    }
    try place.expect("log checkpoint")
    try place.expect("ask retention-after-job-start")
    return place
  }

  @Test(
    "is reported by log verify --deep wherever it matters, and never changes an answer",
    arguments: [
      Target(file: "log/data.mdb", units: "4096,512"),
      Target(file: "keys/epoch-1/participants", units: "72,16"),
      Target(file: "keys/epoch-1/identities", units: "128,32"),
      Target(file: "keys/epoch-1/ring", units: "128,16"),
    ])
  func log(target: Target) throws {
    let place = try Self.store()
    let tally = try Self.damage(target, in: place)
    print("damage, \(target.file): \(tally), seed \(Self.seed)")
    #expect(tally.damages > 0)
    // Only a swap brings an older part of the file into the place of a newer one, and rarely.
    #expect(tally.older * 50 <= tally.damages)
    #expect(tally.faults.isEmpty, "\(tally.faults.prefix(20).joined(separator: "\n"))")
    try Self.commandsSpeak(tally, target, place)
  }

  @Test("to a view is refused or changes no answer")
  func view() throws {
    let place = try Self.store()
    let target = Target(file: "views/journeys-1/data.mdb", units: "4096,512")
    let tally = try Self.damage(target, in: place)
    print("damage, the view: \(tally), seed \(Self.seed)")
    // Verification reads the log alone, so what it does not notice is no miss here.
    let wrong = tally.faults.filter { !$0.contains("missed") }
    #expect(wrong.isEmpty, "\(wrong.prefix(20).joined(separator: "\n"))")
    try Self.commandsSpeak(tally, target, place)
  }

  /// Commands that meet damage which ends a process say so and exit with 65.
  private static func commandsSpeak(
    _ tally: DamageTally, _ target: Target, _ place: Workplace
  ) throws {
    let code = try place.expect("participants list --limit 1").firstMatch(of: /TN-[0-9A-Z]{6}/)
    let person = try #require(code?.output)
    for number in tally.ending.prefix(4) {
      let left = try place.run(
        "FaultWorker",
        words(target, lane: 0, lanes: 1, scratch: "left", start: 2 * number) + ["--leave", "1"])
      try #require(left.output.contains("left \(number)"), "\(left)")
      for command in ["ask retention-after-job-start", "timeline \(person)"] {
        let store = "--store \(place.folder)/left/data/wegmarke"
        let outcome = try place.wegmarke("\(command) \(store)")
        #expect(outcome.signal == nil, "damage \(number): \(outcome)")
        #expect(
          outcome.exitCode == 0 || outcome.errors.contains("Error: "),
          "damage \(number): \(outcome)")
        let verified = try place.wegmarke("log verify --deep \(store)")
        #expect(target.file.hasPrefix("views/") || verified.exitCode == 65, "\(verified)")
      }
    }
  }

  private static func words(
    _ target: Target, lane: Int, lanes: Int, scratch: String, start: Int
  ) -> [String] {
    [
      "damage", "--folder", "user", "--scratch", scratch, "--file", target.file, "--units",
      target.units, "--seed", "\(seed)", "--every", "\(lanes == 1 ? 1 : every)", "--lane",
      "\(lane)", "--lanes", "\(lanes)", "--start", "\(start)",
    ]
  }

  private static func damage(_ target: Target, in place: Workplace) throws -> DamageTally {
    let lanes = 2
    func start(_ lane: Int, _ step: Int) throws -> Process {
      try place.start(
        "FaultWorker",
        words(target, lane: lane, lanes: lanes, scratch: "scratch-\(lane)", start: step),
        output: "\(place.folder)/lane-\(lane).out", errors: "\(place.folder)/lane-\(lane).err")
    }
    let running = try (0..<lanes).map { try start($0, 0) }
    var sum = DamageTally()
    for (lane, first) in running.enumerated() {
      var process = first
      var tally = DamageTally()
      while true {
        process.waitUntilExit()
        guard let step = try tally.read(place.read("lane-\(lane).out")) else { break }
        let status = process.terminationStatus
        let isSignal = process.terminationReason == .uncaughtSignal
        let number = step / 2
        if !isSignal || ![SIGBUS, SIGSEGV, SIGABRT, SIGALRM].contains(status) {
          let errors = try place.read("lane-\(lane).err")
          tally.faults.append("damage \(number): ended with \(status) \(errors)")
        }
        if isSignal && status == SIGALRM {
          // LMDB followed a circle of pages; commands would too, so none is started here.
          tally.endless += 1
        } else if step % 2 == 0 {
          tally.endedVerifying += 1
        } else {
          tally.endedAsking += 1
          tally.ending.append(number)
        }
        process = try start(lane, step + 1)
      }
      sum = sum + tally
    }
    return sum
  }
}

extension DamageTally {
  /// Counts what a worker said; gives the step that ended it, or nil when it came to its end.
  fileprivate mutating func read(_ text: String) throws -> Int? {
    struct WorkerFailed: Error { let output: String }
    var step: Int?
    var isUnnoticed = false
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 2)
      guard words.count > 1, let number = Int(words[1]) else { continue }
      switch words[0] {
      case "end": return nil
      case "nothing": nothing += 1
      case "verify":
        damages += 1
        step = 2 * number
        isUnnoticed = false
      case "detected": detected += 1
      case "unnoticed": isUnnoticed = true
      case "ask": step = 2 * number + 1
      case "same": if isUnnoticed { unused += 1 }
      case "refused": refused += 1
      case "bare": bare += 1
      case "older":
        older += 1
        if isUnnoticed { olderUnnoticed += 1 }
      case "wrong", "missed": faults.append(String(line))
      default: continue
      }
    }
    guard let step else { throw WorkerFailed(output: String(text.suffix(500))) }
    return step
  }
}
