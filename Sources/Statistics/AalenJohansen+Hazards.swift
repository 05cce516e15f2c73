/// The cumulative hazard of one transition.
public struct TransitionHazard: Equatable, Sendable {
  /// From which state to which.
  public let transition: StateCounts.Transition
  /// Λ at each time of the curves, Σ dⱼₖ/nⱼ.
  public let cumulativeHazard: [Double]
  /// The standard error of Λ: the infinitesimal jackknife, or Aalen's √ Σ d/n².
  public let standardError: [Double]
}

extension AalenJohansen {
  /// The Nelson–Aalen cumulative hazards of the transitions that were taken, in their order.
  ///
  /// The standard error is of the kind of ``variance``. Agrees with `cumhaz` and `std.chaz` of
  /// `survfit` in R (which holds arbitrary numbers in `std.chaz` before the first event in 3.8-6;
  /// here it is 0).
  ///
  /// - Complexity: O(transitions · (times + n)).
  public func cumulativeHazards() throws(StatisticsError) -> [TransitionHazard] {
    var hazards: [TransitionHazard] = []
    for transition in counts.transitions { hazards.append(try cumulativeHazard(of: transition)) }
    return hazards
  }

  /// The Nelson–Aalen cumulative hazard of one transition; 0 throughout when nobody took it.
  ///
  /// - Throws: ``StatisticsError/stateOutOfRange(row:state:states:)``, with row 0, for a state that
  ///   is none.
  public func cumulativeHazard(
    of transition: StateCounts.Transition
  ) throws(StatisticsError) -> TransitionHazard {
    for state in [transition.from, transition.to] where state < 0 || state >= states {
      throw .stateOutOfRange(row: 0, state: state, states: states)
    }
    let atRisk = counts.atRisk[transition.from]
    let moves = counts.moves(along: transition)
    let hasMoves = moves.map { $0 > 0 }
    let increments = moves.indices.map { hasMoves[$0] ? moves[$0] / atRisk[$0] : 0 }
    let stays = moves.indices.map { hasMoves[$0] ? increments[$0] / atRisk[$0] : 0 }
    var sum = CompensatedSum()
    var aalen = CompensatedSum()
    let hazard = increments.map { term in
      sum.add(term)
      return sum.value
    }
    let variances: [Double]
    switch variance {
    case .greenwood:
      variances = stays.map { term in
        aalen.add(term)
        return aalen.value
      }
    case .infinitesimalJackknife:
      let chosen = counts.rowsOfState[transition.from]
      variances = UnitJackknife.variances(
        try rows.followUp(of: transition, rows: chosen), counts.riskSets[transition.from],
        times: times, stays: stays,
        extras: moves.indices.map { hasMoves[$0] ? 1 / atRisk[$0] : 0 })
    }
    return TransitionHazard(
      transition: transition, cumulativeHazard: hazard,
      standardError: variances.map { $0.squareRoot() })
  }
}

extension StateFollowUp {
  /// The stays in one state, a move to another one being the event.
  func followUp(
    of transition: StateCounts.Transition, rows chosen: [Int]
  ) throws(StatisticsError) -> FollowUp {
    try FollowUp(
      starts: starts.map { column in chosen.map { column[$0] } },
      stops: chosen.map { stops[$0] }, events: chosen.map { to[$0] == transition.to },
      weights: weights.map { column in chosen.map { column[$0] } },
      subjects: subjects.map { column in chosen.map { column[$0] } },
      clusters: clusters.map { column in chosen.map { column[$0] } })
  }

  /// The stays in one state, every move out of it being the event.
  ///
  /// - Throws: ``StatisticsError/stateOutOfRange(row:state:states:)``, with row 0, for a state that
  ///   is none.
  public func leaving(_ state: Int) throws(StatisticsError) -> FollowUp {
    guard state >= 0, state < states else {
      throw .stateOutOfRange(row: 0, state: state, states: states)
    }
    let chosen = (0..<count).filter { from[$0] == state }
    return try FollowUp(
      starts: starts.map { column in chosen.map { column[$0] } },
      stops: chosen.map { stops[$0] }, events: chosen.map { to[$0] != Self.stays },
      weights: weights.map { column in chosen.map { column[$0] } },
      subjects: subjects.map { column in chosen.map { column[$0] } },
      clusters: clusters.map { column in chosen.map { column[$0] } })
  }
}
