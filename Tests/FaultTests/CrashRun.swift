import Foundation
import Testing

/// What became of the images of a workload.
struct CrashTally {
  var images = 0
  /// Images that hold no store, and none was promised yet.
  var absent = 0
  var inconsistent = 0
  var lost = 0
  /// Images that ended the process that read them.
  var ended = 0
  var viewsRefused = 0
  /// Images in which an erasure had to be carried on before anything could be read.
  var resumed = 0
  var kinds: [String: Int] = [:]
  /// The first words about each thing that was wrong.
  var words: [String] = []

  var faults: Int { inconsistent + lost + ended }

  static func + (left: CrashTally, right: CrashTally) -> CrashTally {
    var sum = left
    sum.images += right.images
    sum.absent += right.absent
    sum.inconsistent += right.inconsistent
    sum.lost += right.lost
    sum.ended += right.ended
    sum.viewsRefused += right.viewsRefused
    sum.resumed += right.resumed
    sum.kinds.merge(right.kinds) { $0 + $1 }
    sum.words += right.words
    return sum
  }
}

extension CrashTally: CustomStringConvertible {
  var description: String {
    "\(images) images, \(inconsistent) inconsistent, \(lost) lost, \(ended) ended the reader"
      + " (\(absent) before there was a store, \(viewsRefused) views refused,"
      + " \(resumed) carried on with an erasure)"
  }
}

/// The images of one trace, opened by worker processes side by side.
struct CrashRun {
  let place: Workplace
  let rootInode: Int
  let seed: Int
  var extra: Int?
  var forgetting: [String] = []

  private static let lanes = 2

  /// Checks about so many images, spread over the whole trace.
  func check(images wanted: Int) throws -> CrashTally {
    // First only count: more random subsets where the images are too few, fewer where too many.
    var randoms = 2
    var available = try count(randoms: randoms)
    while available < wanted, randoms < 512 {
      randoms = min(512, max(randoms + 1, randoms * wanted / max(1, available)))
      available = try count(randoms: randoms)
    }
    let every = max(1, available / wanted)
    let running = try (0..<Self.lanes).map { lane in
      try Lane(self, number: lane, of: Self.lanes, randoms: randoms, every: every)
    }
    return try running.map { try $0.finish() }.reduce(CrashTally(), +)
  }

  private func count(randoms: Int) throws -> Int {
    let words = words(lane: 0, of: 1, randoms: randoms, every: Int.max / 2, start: 0)
    let outcome = try place.run("FaultWorker", words)
    let end = outcome.output.split(separator: "\n").last?.split(separator: " ") ?? []
    try #require(end.first == "end" && end.count == 5, "\(outcome)")
    return try #require(Int(end[1]))
  }

  fileprivate func words(lane: Int, of lanes: Int, randoms: Int, every: Int, start: Int) -> [String]
  {
    var words = [
      "crash", "--trace", "trace", "--root-inode", "\(rootInode)", "--scratch", "scratch-\(lane)",
      "--randoms", "\(randoms)", "--seed", "\(seed)", "--every", "\(every)", "--lane", "\(lane)",
      "--lanes", "\(lanes)", "--start", "\(start)",
    ]
    if let extra { words += ["--extra", "\(extra)"] }
    for part in forgetting { words += ["--forget-syncs", part] }
    return words
  }

  /// One worker, and those that take its place when an image ends it.
  private final class Lane {
    private let run: CrashRun
    private let number: Int
    private let lanes: Int
    private let randoms: Int
    private let every: Int
    private var process: Process
    private var tally = CrashTally()

    init(_ run: CrashRun, number: Int, of lanes: Int, randoms: Int, every: Int) throws {
      self.run = run
      self.number = number
      self.lanes = lanes
      self.randoms = randoms
      self.every = every
      process = Process()
      process = try start(0)
    }

    private var output: String { "\(run.place.folder)/lane-\(number).out" }

    private func start(_ first: Int) throws -> Process {
      try run.place.start(
        "FaultWorker",
        run.words(lane: number, of: lanes, randoms: randoms, every: every, start: first),
        output: output, errors: "\(run.place.folder)/lane-\(number).err")
    }

    func finish() throws -> CrashTally {
      while true {
        process.waitUntilExit()
        let lines = try run.place.read(output).split(separator: "\n")
        var opened: Int?
        for line in lines {
          let words = line.split(separator: " ", maxSplits: 2)
          guard words.count > 1, let image = Int(words[1]) else { continue }
          if words[0] == "open" { opened = image }
          if words[0] == "end" {
            let numbers = line.split(separator: " ").compactMap { Int($0) }
            tally.viewsRefused += numbers[2]
            tally.resumed += numbers[3]
            return tally
          }
          guard words[0] != "open", words.count > 2 else { continue }
          opened = nil
          tally.images += 1
          tally.kinds[
            words[2].split(separator: "|")[0].trimmingCharacters(in: .whitespaces), default: 0] += 1
          switch words[0] {
          case "absent": tally.absent += 1
          case "lost": tally.lost += 1
          case "inconsistent": tally.inconsistent += 1
          default: break
          }
          if words[0] == "lost" || words[0] == "inconsistent", tally.words.count < 5 {
            tally.words.append(String(line))
          }
        }
        let errors = try run.place.read("\(run.place.folder)/lane-\(number).err")
        let image = try #require(opened, "the worker failed: \(lines.last ?? "") \(errors)")
        tally.images += 1
        tally.ended += 1
        tally.words.append(
          "image \(image), seed \(run.seed): status \(process.terminationStatus) \(errors)")
        process = try start(image)
      }
    }
  }
}
