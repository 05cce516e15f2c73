/// A step of one person as known at one size of the log.
struct EffectiveRow: Equatable, Comparable {
  var milestone: UInt64
  var details: MilestoneDetails
  /// The position of the record that stated it.
  var position: UInt64

  /// In journey order; of equal milestones by what is stated besides, then by position.
  static func < (left: Self, right: Self) -> Bool {
    if left.milestone != right.milestone { return left.milestone < right.milestone }
    return (left.details, left.position) < (right.details, right.position)
  }
}

/// What a scan hands out of each step besides the milestone.
///
/// A question names what it needs: of everything else not a byte is read.
public struct ViewColumns: OptionSet, Sendable {
  /// The columns as bits.
  public let rawValue: UInt8
  /// Creates a set from its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// What is stated about milestones besides: `EffectiveBlock.details`.
  public static let details = ViewColumns(rawValue: 1)
  /// Which record first told of each milestone, before corrections: `EffectiveBlock.positions`.
  public static let positions = ViewColumns(rawValue: 2)
  /// On which day each milestone was first told: of one that was corrected, the first statement that
  /// it goes back to.
  static let told = ViewColumns(rawValue: 4)
  /// Of steps at least the outline of each journey, and others only where that costs nothing: when
  /// people entered, worked and left, and until when they were observed; see `JourneyOutline`.
  ///
  /// For questions that look at nothing else, and ask for nothing else of steps.
  static let outline = ViewColumns(rawValue: 8)
  /// The outline alone of blocks in which nobody entered more than once and every day of entry is known,
  /// whatever else is asked for.
  ///
  /// For questions that rest on the outline, and look at operations only where somebody entered twice.
  static let entries = ViewColumns(rawValue: 16)
}

/// The rows of a block as known at one size of the log, in columns.
struct EffectiveRows {
  private(set) var starts: [UInt32] = [0]
  private(set) var milestones: [UInt64] = []
  private(set) var details: [MilestoneDetails] = []
  private(set) var positions: [UInt64] = []

  private let columns: ViewColumns

  init(of block: JourneyBlock, _ columns: ViewColumns, size: UInt64) {
    self.columns = columns
    milestones.reserveCapacity(block.milestones.count)
    let wantsDetails = columns.contains(.details)
    let standing = wantsDetails ? block.details.expanded(block.milestones.count) : []
    let closed = wantsDetails ? block.closedDetails.expanded(block.closed.count) : []
    var later: [EffectiveRow] = []
    for i in 0..<block.count {
      let first = milestones.count
      for row in Int(block.starts[i])..<Int(block.starts[i + 1]) where block.recorded[row] < size {
        append(block.milestones[row], wantsDetails ? standing[row] : .none, block.recorded[row])
      }
      later.removeAll(keepingCapacity: true)
      for row in Int(block.closedStarts[i])..<Int(block.closedStarts[i + 1])
      where block.closedFrom[row] < size && block.closedTo[row] >= size {
        later.append(
          EffectiveRow(
            milestone: block.closed[row], details: wantsDetails ? closed[row] : .none,
            position: block.closedFrom[row]))
      }
      if !later.isEmpty { weave(in: later, from: first) }
      starts.append(UInt32(milestones.count))
    }
  }

  private mutating func append(
    _ milestone: UInt64, _ details: MilestoneDetails, _ position: UInt64
  ) {
    milestones.append(milestone)
    if columns.contains(.details) { self.details.append(details) }
    if columns.contains(.positions) { positions.append(position) }
  }

  /// Puts what was replaced only later back among the rows from one on.
  private mutating func weave(in later: [EffectiveRow], from first: Int) {
    var rows = later
    for row in first..<milestones.count {
      rows.append(
        EffectiveRow(
          milestone: milestones[row], details: details.isEmpty ? .none : details[row],
          position: positions.isEmpty ? 0 : positions[row]))
    }
    milestones.removeSubrange(first...)
    if !details.isEmpty { details.removeSubrange(first...) }
    if !positions.isEmpty { positions.removeSubrange(first...) }
    for row in rows.sorted() { append(row.milestone, row.details, row.position) }
  }
}
