public import Journey

/// Where a participant stands on a day, in the three regions that run in parallel.
///
/// A pure fold over effective milestones; it needs no definition file because it is the same for
/// every programme. Unknown is a state of its own.
public struct CurrentState: Equatable, Sendable {
  /// The participation.
  public enum Participation: Equatable, Sendable {
    /// Known, but never entered.
    case contact
    /// Entered and not left.
    case active(since: CivilDate)
    /// Entered and paused.
    case paused(since: CivilDate)
    /// Left; carries the last day and the code of an `ExitReason`.
    case exited(on: CivilDate, reason: UInt8)
    /// Died.
    case deceased(on: CivilDate)
  }

  /// Work, training and school.
  public enum Labour: Equatable, Sendable {
    /// Nothing is known.
    case unknown
    /// In one or more placements; the one that started last.
    case placed(PlacementKind?, since: CivilDate, count: Int)
    /// The last placement ended, and nothing newer is known.
    case ended(PlacementKind?, on: CivilDate)
    /// A status somebody reported.
    case reported(EmploymentStatus, since: CivilDate)
  }

  /// The participation.
  public var participation = Participation.contact
  /// Work, training and school.
  public var labour = Labour.unknown
  /// The residence status and since when; nil until the first report.
  public var residence: (status: ResidenceStatus, since: CivilDate)?
  /// The last day on which somebody knew the person's situation.
  public var lastConfirmed: Day?

  /// Whether two states say the same.
  public static func == (left: CurrentState, right: CurrentState) -> Bool {
    left.participation == right.participation && left.labour == right.labour
      && left.residence?.status == right.residence?.status
      && left.residence?.since == right.residence?.since
      && left.lastConfirmed == right.lastConfirmed
  }

  /// Folds milestones, given in journey order, up to and including a day.
  public init(_ milestones: some Sequence<Milestone>, on day: Day) {
    var placements: [(milestone: Milestone, since: CivilDate)] = []
    for milestone in milestones {
      guard milestone.day <= day, let kind = milestone.kind else { break }
      if let day = milestone.confirmedDay { lastConfirmed = max(lastConfirmed ?? day, day) }
      switch kind {
      case .entered, .reentered, .resumed: participation = .active(since: milestone.date)
      case .suspended: participation = .paused(since: milestone.date)
      case .exited: participation = .exited(on: milestone.date, reason: milestone.code)
      case .deceased: participation = .deceased(on: milestone.date)
      case .residence, .profile:
        if let status = ResidenceStatus(rawValue: milestone.code) {
          residence = (status, milestone.date)
        }
      case .placementStarted:
        placements.append((milestone, milestone.date))
        labour = CurrentState.labour(placements)
      case .placementEnded:
        guard let index = placements.lastIndex(where: { $0.milestone.isEnded(by: milestone) })
        else { continue }
        let ended = placements.remove(at: index)
        labour =
          placements.isEmpty
          ? .ended(
            PlacementKind(rawValue: ended.milestone.code),
            on: CivilDate(milestone.day - 1, milestone.precision))
          : CurrentState.labour(placements)
      case .labourStatus:
        guard placements.isEmpty, let status = EmploymentStatus(rawValue: milestone.code) else {
          continue
        }
        labour = .reported(status, since: milestone.date)
      default: break
      }
    }
  }

  private static func labour(_ placements: [(milestone: Milestone, since: CivilDate)]) -> Labour {
    guard let last = placements.last else { return .unknown }
    return .placed(
      PlacementKind(rawValue: last.milestone.code), since: last.since, count: placements.count)
  }
}
