public import Journey
public import Statistics

/// How late what a question asks about is recorded, from the log's two times.
///
/// Of every step of a journey the log knows on which day it happened and on which it was first told;
/// for one that was corrected that is the day of the first statement. Among recent steps only the
/// quickly told are seen, so the delays are estimated as right-truncated ones; see ``ReportingDelays``.
/// Steps from before the first record are left out: a backlog that was put in at once says nothing of
/// delays. So is what happened before somebody's entry, which is told with it, and dates that are not
/// exact to the day.
///
/// In a large programme the people of a fixed sample stand for all: which ones depends on nothing but
/// their place in the log, so that the same state of knowledge always gives the same delays.
public struct RecordingDelays: Sendable {
  /// How late one subject is recorded.
  public struct Estimate: Sendable {
    /// What is recorded.
    public let subject: RecordedSubject
    /// The estimate; its days are `Day.number`.
    public let delays: ReportingDelays
    /// The days within which ``RecordingDelays/share`` of it are recorded.
    public let matureAge: Int
    /// The last day of which ``RecordingDelays/share`` of it or more are recorded.
    public let matureDay: Day

    /// The records that the estimate rests on.
    public var count: Int { delays.count }
  }

  /// The share of records from which on a day counts as complete.
  public static let share = 0.95

  /// The last day on which anything was recorded.
  public let cut: Day
  /// The estimates, in the order of the subjects asked about.
  public let estimates: [Estimate]
  /// The subjects of which too little was recorded since the log began to tell.
  public let untold: [RecordedSubject]

  /// The estimate of a subject; nil where too little is known.
  public func estimate(of subject: RecordedSubject) -> Estimate? {
    estimates.first { $0.subject == subject }
  }

  /// The last day of which everything asked about is as good as complete; nil where nothing tells.
  public var matureDay: Day? { estimates.map(\.matureDay).min() }

  /// The estimate that `matureDay` comes from: what is recorded most slowly.
  public var slowest: Estimate? { estimates.min { $0.matureDay < $1.matureDay } }

  /// Estimates the delays of subjects; nil for an empty log.
  ///
  /// - Parameters:
  ///   - subjects: What is asked about.
  ///   - kinds: The placements that count.
  ///   - view: The journeys, refreshed.
  ///   - size: The state of knowledge.
  init?(
    of subjects: [RecordedSubject], kinds: PlacementKinds, from view: JourneysView, size: UInt64
  ) throws {
    let recorded = try view.recordedDays(size: size)
    guard let first = recorded.first, let cut = recorded.last else { return nil }
    let (halves, _) = try view.scan(
      size: size, reading: .told, attributes: [], people: .sampled
    ) { _, next in
      var told = ToldDays(subjects, kinds: kinds.rawValue, since: first)
      while let block = try next() { told.add(block) }
      return told.days
    }
    self.cut = cut
    var estimates: [Estimate] = []
    var untold: [RecordedSubject] = []
    for (place, subject) in subjects.enumerated() {
      let (occurred, told) = (
        halves.flatMap { $0[place].occurred }, halves.flatMap { $0[place].told }
      )
      // Too few, or nothing that links short delays with long ones: the data do not tell.
      guard
        let delays = try? ReportingDelays(
          occurred: occurred, recorded: told, cut: Int(cut.number)),
        let age = try? delays.time(for: RecordingDelays.share)
      else {
        untold.append(subject)
        continue
      }
      estimates.append(
        Estimate(
          subject: subject, delays: delays, matureAge: age, matureDay: cut - Int32(age)))
    }
    self.estimates = estimates
    self.untold = untold
  }
}

/// On which days steps of journeys happened, and on which they were told.
private struct ToldDays {
  /// By subject, in the order asked.
  private(set) var days: [(occurred: [Int], told: [Int])]
  /// The place of each kind of milestone among the subjects; -1 for those not asked about.
  private let places: [Int]
  private let kinds: UInt32
  private let since: Day

  init(_ subjects: [RecordedSubject], kinds: UInt32, since: Day) {
    days = subjects.map { _ in ([], []) }
    places = RecordedSubject.ofKind.map { subject in
      subject.flatMap { subjects.firstIndex(of: $0) } ?? -1
    }
    self.kinds = kinds
    self.since = since
  }

  mutating func add(_ block: EffectiveBlock) {
    for person in 0..<block.count where block.isKnown(person) {
      var hasEntered = false
      for row in Int(block.starts[person])..<Int(block.starts[person + 1]) {
        let milestone = Milestone(bits: block.milestones[row])
        if milestone.rawKind == MilestoneKind.entered.rawValue { hasEntered = true }
        let place = places[Int(milestone.rawKind)]
        guard place >= 0, hasEntered, milestone.day >= since, milestone.precision == .day,
          counts(milestone)
        else { continue }
        let told = block.told[row]
        // What is told ahead of its day has no delay.
        days[place].occurred.append(Int(min(milestone.day.number, told)))
        days[place].told.append(Int(told))
      }
    }
  }

  /// Whether a placement is of a kind that counts; an end need not name its kind.
  private func counts(_ milestone: Milestone) -> Bool {
    switch milestone.rawKind {
    case MilestoneKind.placementStarted.rawValue: kinds & (1 << UInt32(milestone.code)) != 0
    case MilestoneKind.placementEnded.rawValue:
      milestone.code == 0 || kinds & (1 << UInt32(milestone.code)) != 0
    default: true
    }
  }
}
