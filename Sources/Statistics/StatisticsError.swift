/// What an estimator refuses, with the row or value that is wrong.
///
/// Rows are counted from 0, in the order of the columns handed over.
public enum StatisticsError: Error, Equatable, Sendable {
  /// A duration, entry or time is below 0.
  case negativeDuration(row: Int, duration: Double)
  /// A duration, entry or time is infinite or not a number.
  case durationNotFinite(row: Int)
  /// A duration is longer than the counter was told to accept.
  case durationAboveCeiling(row: Int, duration: Int, ceiling: Int)
  /// Follow-up is empty: the interval (entry, exit] holds no time.
  case entryNotBeforeExit(row: Int, entry: Double, exit: Double)
  /// An event mark is neither 0 nor 1.
  case unknownEventMark(row: Int, mark: UInt8)
  /// A stratum number is not among the counter's strata.
  case stratumOutOfRange(row: Int, stratum: Int, strata: Int)
  /// A weight is negative, infinite or not a number.
  case weightNotUsable(row: Int, weight: Double)
  /// The number of a subject or a cluster is negative.
  case unknownNumber(row: Int, number: Int)
  /// A state is not among the states.
  case stateOutOfRange(row: Int, state: Int, states: Int)
  /// The times of an aggregated table do not rise strictly.
  case timesNotIncreasing(row: Int)
  /// A count of an aggregated table is below 0, or a row counts nobody.
  case countNotPositive(row: Int)
  /// The rows have weights, and the method takes none.
  case weightsNotSupported
  /// Some rows begin after the origin, and the method takes everybody from the origin on.
  case delayedEntryNotSupported
  /// The exponent of a test's weights is not a finite number of at least 0.
  case exponentNotUsable(Double)
  /// The shares of a mix of states do not add up to 1.
  case mixDoesNotAddUp(Double)
  /// A count is below 0 or above its total.
  case countOutsideTotal(count: Int, total: Int)
  /// A count is below 0.
  case countNegative(Int)
  /// A share or p-value is not between 0 and 1, ends included.
  case shareOutsideUnitInterval(Double)
  /// The horizon of a restricted mean is not a positive, finite number.
  case horizonNotPositive(Double)
  /// A confidence level is not strictly between 0 and 1.
  case levelOutsideUnitInterval(Double)
  /// The probability of a quantile is not strictly between 0 and 1.
  case probabilityOutsideUnitInterval(Double)
  /// A covariate is infinite or not a number; covariates are counted from 0.
  case covariateNotFinite(row: Int, covariate: Int)
  /// There is no event, so there is nothing to regress.
  case noEvents
  /// A covariate does not vary where there are events, or the covariates before it determine it.
  case covariateNotIdentified(covariate: Int)
  /// The likelihood goes on rising as these coefficients grow: it has no largest value.
  case coefficientsUnbounded(covariates: [Int])
  /// Everybody has the outcome, or nobody: nothing can depend on covariates.
  case outcomesDoNotVary
  /// Nobody responded in a cell, so that nobody can stand for its people; cells count from 0.
  case cellWithoutResponse(cell: Int)
  /// An event was recorded after the day up to which the data are complete.
  case recordedAfterCut(row: Int)
  /// Too few events were recorded to say anything of their delays.
  case tooFewDelays(count: Int)
  /// All events that could have had this delay, or a shorter one, had it: shorter ones are not linked.
  case delaysDoNotOverlap(delay: Int)
  /// The iterations did not settle.
  case notConverged(iterations: Int)
  /// Weights, clusters and what is derived from hazards do not go with exact ties.
  case notForExactTies
  /// There is no event of this cause.
  case noEventsOfCause(Int)
  /// The method takes one row a person from the origin on, all of the same weight.
  case needsPlainRows
  /// An interval ends before it begins, or does not begin at a finite time of at least 0.
  case intervalNotUsable(row: Int, left: Double, right: Double)
  /// A state number of a sequence is not among the states.
  case sequenceStateOutOfRange(row: Int, position: Int, state: Int, states: Int)
}

extension StatisticsError: CustomStringConvertible {
  /// The facts in one sentence, without advice about where the data came from.
  public var description: String {
    switch self {
    case .negativeDuration(let row, let duration):
      "row \(row) (from 0): the duration \(duration) is negative"
    case .durationNotFinite(let row):
      "row \(row) (from 0): the duration is not a finite number"
    case .durationAboveCeiling(let row, let duration, let ceiling):
      "row \(row) (from 0): the duration \(duration) is above the ceiling of \(ceiling)"
    case .entryNotBeforeExit(let row, let entry, let exit):
      "row \(row) (from 0): entry \(entry) is not before exit \(exit)"
    case .unknownEventMark(let row, let mark):
      "row \(row) (from 0): the event mark is \(mark), expected 0 (censored) or 1 (event)"
    case .stratumOutOfRange(let row, let stratum, let strata):
      "row \(row) (from 0): stratum \(stratum) is not one of the \(strata) strata (from 0)"
    case .weightNotUsable(let row, let weight):
      "row \(row) (from 0): the weight \(weight) is not a finite number of at least 0"
    case .unknownNumber(let row, let number):
      "row \(row) (from 0): \(number) is not a number of a subject or cluster, which count from 0"
    case .stateOutOfRange(let row, let state, let states):
      "row \(row) (from 0): state \(state) is not one of the \(states) states (from 0)"
    case .timesNotIncreasing(let row):
      "row \(row) (from 0): the time is not later than the time of the row before"
    case .countNotPositive(let row):
      "row \(row) (from 0): counts must not be negative, and not all 0"
    case .weightsNotSupported:
      "the rows have weights, and this method takes none"
    case .delayedEntryNotSupported:
      "some rows begin after the origin, and this method takes everybody from the origin on"
    case .exponentNotUsable(let exponent):
      "the exponent \(exponent) of the weights is not a finite number of at least 0"
    case .mixDoesNotAddUp(let sum):
      "the shares of the states add up to \(sum), not to 1"
    case .countOutsideTotal(let count, let total):
      "the count \(count) is not between 0 and its total of \(total)"
    case .countNegative(let count):
      "the count \(count) is negative"
    case .shareOutsideUnitInterval(let share):
      "the share \(share) is not between 0 and 1"
    case .horizonNotPositive(let horizon):
      "the horizon \(horizon) is not a positive, finite number"
    case .levelOutsideUnitInterval(let level):
      "the confidence level \(level) is not between 0 and 1; 95 % is 0.95"
    case .probabilityOutsideUnitInterval(let probability):
      "the probability \(probability) is not between 0 and 1; the median is 0.5"
    case .covariateNotFinite(let row, let covariate):
      "row \(row) (from 0): covariate \(covariate) (from 0) is not a finite number"
    case .noEvents:
      "there is no event"
    case .covariateNotIdentified(let covariate):
      "covariate \(covariate) (from 0) is constant or determined by the covariates before it"
    case .coefficientsUnbounded(let covariates):
      "the likelihood has no maximum: it rises as the coefficients of covariates "
        + "\(covariates.map(String.init).joined(separator: ", ")) (from 0) grow without bound"
    case .outcomesDoNotVary:
      "everybody has the outcome, or nobody has"
    case .cellWithoutResponse(let cell):
      "nobody responded in cell \(cell) (from 0), so nobody can stand for its people"
    case .recordedAfterCut(let row):
      "row \(row) (from 0): recorded after the day up to which the data are complete"
    case .tooFewDelays(let count):
      "\(count) recorded events are too few to estimate delays; name the longest delay to speak of"
    case .delaysDoNotOverlap(let delay):
      "no event links delays below \(delay) with longer ones; take a smaller longest delay"
    case .notConverged(let iterations):
      "no maximum found in \(iterations) iterations"
    case .notForExactTies:
      "weights, clusters and robust or derived figures need Efron's or Breslow's rule for ties"
    case .noEventsOfCause(let cause):
      "there is no event of cause \(cause)"
    case .needsPlainRows:
      "one row a person is needed, without delayed entry and without weights"
    case .intervalNotUsable(let row, let left, let right):
      "row \(row) (from 0): from \(left) to \(right) is not an interval in which an event can lie"
    case .sequenceStateOutOfRange(let row, let position, let state, let states):
      "row \(row), position \(position) (from 0): state \(state) is not one of the \(states) states"
    }
  }
}
