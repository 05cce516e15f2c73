import Files
import Journey
import ProjectionEngine

/// All milestones of a store as plain columns for a peer, by day, as events come in.
///
/// The peer gets them with corrections applied and texts replaced by numbers, in the form that it
/// reads fastest: one file of little-endian numbers a column.
struct EventTable {
  private var refs: [UInt32] = []
  private var milestones: [UInt64] = []
  private var attribute: [UInt8]
  /// The words of the attribute, by number; number 0 is “not stated”.
  let values: [String]

  private struct Half: Sendable {
    var refs: [UInt32] = []
    var milestones: [UInt64] = []
    var known: [(ref: UInt32, value: UInt16)] = []
    var words: [String] = []
  }

  /// Takes everything out of a view.
  init(_ view: JourneysView, attribute name: String) throws {
    let (halves, _) = try view.scan { catalogue, next in
      var half = Half()
      let column = catalogue.number(of: name) ?? Int.max
      if column < catalogue.columns.count { half.words = catalogue.columns[column].values }
      while let block = try next() {
        for index in 0..<block.count where block.isKnown(index) {
          let ref = block.firstRef + UInt32(index)
          half.known.append((ref, block.value(of: column, participant: index)))
          for row in Int(block.starts[index])..<Int(block.starts[index + 1]) {
            half.refs.append(ref)
            half.milestones.append(block.milestones[row])
          }
        }
      }
      return half
    }
    values = [""] + (halves.first?.words ?? [])
    let known = halves.flatMap(\.known)
    attribute = [UInt8](repeating: 0, count: Int(known.map(\.ref).max() ?? 0) + 1)
    for (ref, value) in known { attribute[Int(ref)] = UInt8(truncatingIfNeeded: value) }
    arrange(halves.flatMap(\.refs), halves.flatMap(\.milestones))
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

  /// Writes `ref.u4`, `day.i4`, `kind.u1`, `code.u1`, and `group.u1` with one value a participant.
  func write(to folder: String) throws {
    try Folder.create(folder)
    let all = milestones.map { Milestone(bits: $0) }
    try write(refs.flatMap { $0.bytes }, "\(folder)/ref.u4")
    try write(all.flatMap { UInt32(bitPattern: $0.day.number).bytes }, "\(folder)/day.i4")
    try write(all.map(\.rawKind), "\(folder)/kind.u1")
    try write(all.map(\.code), "\(folder)/code.u1")
    try write(attribute, "\(folder)/group.u1")
  }

  private func write(_ bytes: [UInt8], _ path: String) throws {
    try File(path, .createNew).write(bytes.span, at: 0)
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
