import Files
import FoundationEssentials
import Journey
import ProjectionEngine

/// All milestones of a store as plain columns for peers, by day, as events come in, and the attributes
/// of its people.
///
/// Peers get them with corrections applied and texts replaced by numbers: one file of little-endian
/// numbers a column.
struct EventTable {
  private var refs: [UInt32] = []
  private var milestones: [UInt64] = []
  /// By name of the attribute the number of each participant's value.
  private var attributes: [(name: String, values: [UInt16])] = []
  /// The words of each attribute, by number; number 0 is “not stated”.
  private var words: [String: [String]] = [:]

  /// The first argument of the process that writes a table; the others are the path of the store and
  /// the folder.
  static let option = "--write-event-table"

  /// Writes the table of a store into a new folder, if that is what the arguments ask for.
  ///
  /// - Returns: Whether they do.
  static func write(_ arguments: [String]) throws -> Bool {
    guard arguments.count == 3, arguments[0] == option else { return false }
    let view = JourneysView(of: try Store(path: arguments[1]).open())
    try EventTable(view, attributes: Workbench.attributes).write(to: arguments[2])
    return true
  }

  /// The attribute that the program itself derives from the residence status.
  static let residenceClass = "residence-class"

  private struct Half: Sendable {
    var refs: [UInt32] = []
    var milestones: [UInt64] = []
    var known: [UInt32] = []
    var values: [[UInt16]] = []
    var words: [[String]] = []
  }

  /// Takes everything out of a view.
  init(_ view: JourneysView, attributes names: [String]) throws {
    let stored = names.map { $0 == EventTable.residenceClass ? "residence" : $0 }
    let (halves, _) = try view.scan { catalogue, next in
      var half = Half()
      let columns = stored.map { catalogue.number(of: $0) }
      half.words = columns.map { $0.map { catalogue.columns[$0].values } ?? [] }
      half.values = columns.map { _ in [] }
      while let block = try next() {
        for index in 0..<block.count where block.isKnown(index) {
          let ref = block.firstRef + UInt32(index)
          half.known.append(ref)
          for (place, column) in columns.enumerated() {
            half.values[place].append(
              column.map { block.value(of: $0, participant: index) } ?? 0)
          }
          for row in Int(block.starts[index])..<Int(block.starts[index + 1]) {
            half.refs.append(ref)
            half.milestones.append(block.milestones[row])
          }
        }
      }
      return half
    }
    let known = halves.flatMap(\.known)
    for (place, name) in names.enumerated() {
      var values = [UInt16](repeating: 0, count: Int(known.max() ?? 0) + 1)
      for (ref, value) in zip(known, halves.flatMap { $0.values[place] }) {
        values[Int(ref)] = value
      }
      add(name, values, [""] + (halves.first?.words[place] ?? []))
    }
    arrange(halves.flatMap(\.refs), halves.flatMap(\.milestones))
  }

  /// Keeps an attribute; of residence statuses their classes.
  private mutating func add(_ name: String, _ values: [UInt16], _ words: [String]) {
    guard name == EventTable.residenceClass else {
      attributes.append((name, values))
      self.words[name] = words
      return
    }
    let classes = words.map { ResidenceStatus(code: $0)?.residenceClass?.entry.code ?? "" }
    let all = [""] + Set(classes.filter { !$0.isEmpty }).sorted()
    let numbers = classes.map { UInt16(all.firstIndex(of: $0) ?? 0) }
    attributes.append((name, values.map { numbers[Int($0)] }))
    self.words[name] = all
  }

  /// Puts the rows in order of days; on one day they stay in order of participants.
  private mutating func arrange(_ refs: [UInt32], _ milestones: [UInt64]) {
    let days = milestones.map { Int($0 >> 40) }
    guard let first = days.min(), let last = days.max() else { return }
    var next = [Int](repeating: 0, count: last - first + 2)
    for day in days { next[day - first + 1] += 1 }
    for place in 1..<next.count { next[place] += next[place - 1] }
    self.refs = [UInt32](repeating: 0, count: refs.count)
    self.milestones = [UInt64](repeating: 0, count: refs.count)
    for row in refs.indices {
      let place = next[days[row] - first]
      next[days[row] - first] += 1
      self.refs[place] = refs[row]
      self.milestones[place] = milestones[row]
    }
  }

  /// Writes `ref.u4`, `day.i4`, `kind.u1`, `code.u1` and `dropout.u1` with one value a milestone,
  /// `NAME.u2` with one a participant for each attribute, and their words as `people.json`.
  func write(to folder: String) throws {
    try Folder.create(folder)
    let all = milestones.map { Milestone(bits: $0) }
    try write(refs.flatMap { $0.bytes }, "\(folder)/ref.u4")
    try write(all.flatMap { UInt32(bitPattern: $0.day.number).bytes }, "\(folder)/day.i4")
    try write(all.map(\.rawKind), "\(folder)/kind.u1")
    try write(all.map(\.code), "\(folder)/code.u1")
    try write(all.map { $0.isDropout ? 1 : 0 }, "\(folder)/dropout.u1")
    for (name, values) in attributes {
      let bytes = values.flatMap {
        [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
      }
      try write(bytes, "\(folder)/\(name).u2")
    }
    try write(Array(try JSONEncoder().encode(words)), "\(folder)/people.json")
  }

  private func write(_ bytes: [UInt8], _ path: String) throws {
    try File(path, .createNew).write(bytes.span, at: 0)
  }
}

extension Milestone {
  /// Whether it is an exit before the planned end without a goal reached.
  fileprivate var isDropout: Bool {
    guard kind == .exited, detail == Int(ExitType.early.rawValue) else { return false }
    return ![ExitReason.work, .training, .school, .contactLost].contains { $0.rawValue == code }
  }
}

extension UInt32 {
  /// Least significant byte first.
  fileprivate var bytes: [UInt8] {
    [
      UInt8(truncatingIfNeeded: self), UInt8(truncatingIfNeeded: self >> 8),
      UInt8(truncatingIfNeeded: self >> 16), UInt8(truncatingIfNeeded: self >> 24),
    ]
  }
}
