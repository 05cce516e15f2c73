import EventLog
import Files
import FoundationEssentials
import Journey

/// A result as it is kept: the figures and everything needed to judge them.
struct ResultFile: Encodable {
  var schema = "wegmarke.benchmark"
  var schemaVersion = 1
  let date: String
  let machine: Machine
  /// The versions of the peers that ran, by name.
  let peers: [String: String]
  let options: Options
  /// The share of the machine that other programs used during the runs, median, 0 to 1.
  let othersShare: Double?
  let figures: [Figure]

  /// Puts a result together.
  init(_ bench: Workbench, _ figures: [Figure]) {
    date =
      bench.options.date ?? StoreZone.day(of: SystemClock.microseconds()).description
    machine = Machine(wegmarke: bench.wegmarke, python: bench.python)
    peers = bench.versions
    options = bench.options
    othersShare = bench.others.isEmpty ? nil : bench.others.median
    self.figures = figures
  }

  /// Writes `DATE-COMMIT.json` into a folder, `DATE-COMMIT-2.json` where that is there, and gives its path.
  func store(in folder: String) throws -> String {
    try Folder.create(folder)
    let name = "\(folder)/\(date)-\(machine.commit)"
    var path = "\(name).json"
    var number = 1
    while Folder.exists(path) {
      number += 1
      path = "\(name)-\(number).json"
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let bytes = Array(try encoder.encode(self)) + Array("\n".utf8)
    try Folder.replace(path, with: bytes.span)
    return path
  }
}
