/// How long people were followed up: the curve of censoring, with events as what censors it.
///
/// The median of observed durations understates follow-up where many have the event early: they could
/// have been followed longer. Here a censoring is the event and an event censors (the reverse
/// Kaplan–Meier), so the median says how long somebody without the event was followed. At a time with
/// both, those with the event are still at risk of being censored, as in
/// `survfit(Surv(time, 1 - event) ~ 1)` in R.
///
/// - SeeAlso: Schemper, Smith (1996), doi:10.1016/0197-2456(96)00075-X.
extension FollowUp {
  /// The rows with events and censorings exchanged; cuts inside a person stay cuts.
  public var reversed: FollowUp {
    let isCut = innerCuts
    return FollowUp(self, events: (0..<count).map { !events[$0] && !isCut[$0] })
  }

  private init(_ rows: FollowUp, events: [Bool]) {
    starts = rows.starts
    stops = rows.stops
    self.events = events
    weights = rows.weights
    subjects = rows.subjects
    clusters = rows.clusters
  }
}

extension TimeCounts {
  /// The counts with events and censorings exchanged.
  ///
  /// Of follow-up cut into rows every inner cut would count as censoring: count people once.
  public var reversed: TimeCounts {
    TimeCounts(times: times, atRisk: atRisk, events: censored, censored: events, entries: entries)
  }
}
