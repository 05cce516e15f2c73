/// What the people of one group gave: stretches in states, and where they were at the horizons.
struct StateSums: Mergeable, Equatable {
  /// A stretch in one state, on the clock: after `start` up to and including `stop`.
  struct Stretch: Hashable, Sendable {
    let start: Int32
    let stop: Int32
    let state: Int16
    /// The state entered at `stop`; -1 when observation ended or paused.
    let next: Int16
  }

  /// How many people had the same stretch.
  var stretches: [Stretch: Int] = [:]
  /// How many were in state `to` at horizon `h` and in state `from` at the horizon before it, or on
  /// the index day: `[h * width * width + from * width + to]`; the last state is “not known”.
  var steps: [Int]
  /// The same from the index day to each horizon.
  var fromIndex: [Int]
  /// How many have not reached each horizon.
  var notDue: [Int]
  /// The people of the group.
  var people = 0
  private let width: Int

  init(states: Int, horizons: Int) {
    width = states + 1
    steps = [Int](repeating: 0, count: horizons * width * width)
    fromIndex = steps
    notDue = [Int](repeating: 0, count: horizons)
  }

  /// Counts one person at one horizon; nil is a state that is not known.
  mutating func add(horizon: Int, index: Int?, before: Int?, now: Int?) {
    let unknown = width - 1
    let base = horizon * width * width
    steps[base + (before ?? unknown) * width + (now ?? unknown)] += 1
    fromIndex[base + (index ?? unknown) * width + (now ?? unknown)] += 1
  }

  mutating func merge(_ other: StateSums) {
    people += other.people
    stretches.merge(other.stretches) { $0 + $1 }
    for place in steps.indices {
      steps[place] += other.steps[place]
      fromIndex[place] += other.fromIndex[place]
    }
    for place in notDue.indices { notDue[place] += other.notDue[place] }
  }
}
