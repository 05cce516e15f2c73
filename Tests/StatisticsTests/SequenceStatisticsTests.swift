import Glibc
import Statistics
import TestSupport
import Testing

@Suite("Sequence statistics")
struct SequenceStatisticsTests {
  /// Three people over four months, states 0, 1 and 2.
  static func three(weights: [Double]? = nil) throws -> SequenceStatistics {
    try SequenceStatistics(
      states: 3, sequences: [[0, 0, 1, 1], [0, 1, 0, 1], [2, 2, 2, 2]], weights: weights)
  }

  @Test("of three people are those worked on paper")
  func worked() throws {
    let sequences = try Self.three()
    expectClose(try #require(sequences.distribution[0].shares), [2.0 / 3, 0, 1.0 / 3])
    expectClose(
      [try #require(sequences.distribution[0].entropy)],
      [(log(3) - 2.0 / 3 * log(2)) / log(3)])
    // From 0: 0→0, 0→1, 0→1, 0→1. From 1: 1→1, 1→0. From 2: three times 2→2.
    let rates = sequences.transitionRates()
    expectClose(try #require(rates[0]), [0.25, 0.75, 0])
    expectClose(try #require(rates[1]), [0.5, 0.5, 0])
    expectClose(try #require(rates[2]), [0, 0, 1])
    #expect(sequences.transitionRates(from: 0)[1] == nil)
    // Months in state 0: 2, 2, 0. Mean 4/3, variance (2·4/9 + 16/9)/2 = 4/3.
    let time = sequences.meanTimes()[0]
    expectClose(
      [try #require(time.mean), try #require(time.variance), try #require(time.standardError)],
      [4.0 / 3, 4.0 / 3, 2.0 / 3])
    let shapes = sequences.shapes
    #expect(shapes.map(\.transitions) == [1, 3, 0])
    expectClose(shapes.map(\.entropy), [log(2) / log(3), log(2) / log(3), 0])
    expectClose(
      try shapes.map { try #require($0.complexity) },
      [(log(2) / log(3) / 3).squareRoot(), (log(2) / log(3)).squareRoot(), 0])
    // Spells 0 1 have 4 subsequences (with the empty one), 0 1 0 1 have 12; all spells of one
    // length: the factor is s²max + 1, with s²max = (spells − 1)(1 − mean length)².
    expectClose(shapes.map(\.turbulence), [log2(4 * 2), log2(12), log2(2)])
  }

  @Test("take a weight of 2 as two people, and of 0 as nobody")
  func weights() throws {
    let weighted = try Self.three(weights: [2, 1, 0])
    let repeated = try SequenceStatistics(
      states: 3, sequences: [[0, 0, 1, 1], [0, 0, 1, 1], [0, 1, 0, 1]])
    for (one, other) in zip(weighted.distribution, repeated.distribution) {
      expectClose(try #require(one.shares), try #require(other.shares))
    }
    for (one, other) in zip(weighted.transitionRates(), repeated.transitionRates()) {
      expectClose(one ?? [], other ?? [])
    }
    #expect(weighted.transitionRates()[2] == nil)
    expectClose(
      weighted.meanTimes().map { $0.mean ?? .nan }, repeated.meanTimes().map { $0.mean ?? .nan })
    #expect(weighted.totalWeight == 3)
  }

  @Test("are missing where nobody has a weight")
  func nobody() throws {
    let sequences = try Self.three(weights: [0, 0, 0])
    #expect(sequences.distribution[0].shares == nil)
    #expect(sequences.meanTimes()[0].mean == nil)
    #expect(sequences.transitionRates() == [nil, nil, nil])
    #expect(try Self.three(weights: [0, 1, 0]).meanTimes()[0].variance == nil)
  }

  @Test("do not overflow on long journeys of ever new spells")
  func long() throws {
    // 0 1 0 1 …: the number of subsequences grows like Fibonacci's numbers.
    let alternating = try SequenceStatistics(
      states: 2, sequences: [(0..<5000).map { $0 % 2 }])
    let golden = (1 + 5.0.squareRoot()) / 2
    // φ(n) = F(n + 3) − 1, with F(m) = goldenᵐ/√5 for large m.
    let expected = 5003 * log2(golden) - 0.5 * log2(5)
    expectClose([alternating.shapes[0].turbulence], [expected], tolerance: 1e-12)
  }

  @Test("refuse a state that is not one of theirs, with its place")
  func refusals() {
    #expect(
      throws: StatisticsError.sequenceStateOutOfRange(row: 1, position: 2, state: 3, states: 3)
    ) {
      try SequenceStatistics(states: 3, sequences: [[0, 1, 2], [0, 1, 3]])
    }
    #expect(throws: StatisticsError.weightNotUsable(row: 0, weight: -0.5)) {
      try SequenceStatistics(states: 1, sequences: [[0]], weights: [-0.5])
    }
  }
}

/// Compares with TraMineR 2.2-12.
@Suite("Sequences by TraMineR", .enabled(if: ReferenceFiles.areAvailable))
struct SequenceReferenceTests {
  static let alphabet = ["employment", "FE", "HE", "joblessness", "school", "training"]

  static func sequences(isWeighted: Bool) throws -> SequenceStatistics {
    let people = try ReferenceFiles.table("mvad/input_persons.csv")
    let changes = try ReferenceFiles.table("mvad/input_state_changes.csv")
    var sequences: [[Int]] = []
    var current = ""
    let ids = changes.strings("id")
    let months = changes.doubles("month").map { Int($0) }
    let states = changes.strings("state")
    for row in ids.indices {
      if ids[row] != current { sequences.append([]) }
      current = ids[row]
      let end = row + 1 < ids.count && ids[row + 1] == current ? months[row + 1] : 73
      let state = try #require(alphabet.firstIndex(of: states[row]))
      sequences[sequences.count - 1] += Array(repeating: state, count: end - months[row])
    }
    return try SequenceStatistics(
      states: 6, sequences: sequences, weights: isWeighted ? people.doubles("weight") : nil)
  }

  @Test("agree in distribution and entropy", arguments: [false, true])
  func distribution(_ isWeighted: Bool) throws {
    let sequences = try Self.sequences(isWeighted: isWeighted)
    let path = "mvad/seq_state_distribution_\(isWeighted ? "weighted" : "unweighted").csv"
    try ReferenceComparison.of(path) { agreement, expected in
      agreement.note(sequences.distribution.map { $0.entropy ?? .nan }, expected.doubles("entropy"))
      agreement.note(
        expected.doubles("n"), expected.doubles("n").map { _ in sequences.totalWeight })
      for (state, name) in Self.alphabet.enumerated() {
        agreement.note(
          sequences.distribution.map { $0.shares?[state] ?? .nan }, expected.doubles(name))
      }
    }
  }

  @Test("agree in transition rates", arguments: [false, true])
  func rates(_ isWeighted: Bool) throws {
    let sequences = try Self.sequences(isWeighted: isWeighted)
    let path = "mvad/seq_transition_rates_\(isWeighted ? "weighted" : "unweighted").csv"
    try ReferenceComparison.of(path) { agreement, expected in
      for (state, name) in Self.alphabet.enumerated() {
        agreement.note(
          sequences.transitionRates().map { $0?[state] ?? .nan },
          expected.doubles("[-> \(name)]"))
      }
    }
  }

  @Test("agree in transition rates of single months")
  func ratesByMonth() throws {
    let sequences = try Self.sequences(isWeighted: false)
    let path = "mvad/seq_transition_rates_by_month.csv"
    try ReferenceComparison.of(path) { agreement, expected in
      for month in expected.distinct("from_month") {
        let rows = expected.filter("from_month", month)
        let rates = sequences.transitionRates(from: try #require(Int(month)) - 1)
        for (state, name) in Self.alphabet.enumerated() {
          // Where nobody is in the state the file has 0, this house nothing.
          agreement.note(rates.map { $0?[state] ?? 0 }, rows.doubles("[-> \(name)]"))
        }
      }
    }
  }

  @Test("agree in mean times", arguments: [false, true])
  func meanTimes(_ isWeighted: Bool) throws {
    let times = try Self.sequences(isWeighted: isWeighted).meanTimes()
    let path = "mvad/seq_mean_time_\(isWeighted ? "weighted" : "unweighted").csv"
    try ReferenceComparison.of(path) { agreement, expected in
      agreement.note(times.map { $0.mean ?? .nan }, expected.doubles("Mean"))
      agreement.note(times.map { $0.variance ?? .nan }, expected.doubles("Var"))
      agreement.note(times.map { $0.standardError ?? .nan }, expected.doubles("SE"))
    }
  }

  @Test("agree in the shape of each journey")
  func shapes() throws {
    let sequences = try Self.sequences(isWeighted: false)
    let path = "mvad/seq_per_person.csv"
    try ReferenceComparison.of(path) { agreement, expected in
      let shapes = sequences.shapes
      agreement.note(shapes.map { Double($0.transitions) }, expected.doubles("transitions"))
      agreement.note(shapes.map(\.entropy), expected.doubles("entropy"))
      agreement.note(shapes.map { $0.complexity ?? .nan }, expected.doubles("complexity"))
      agreement.note(shapes.map(\.turbulence), expected.doubles("turbulence"))
      for (state, name) in Self.alphabet.enumerated() {
        agreement.note(
          (0..<sequences.count).map { Double(sequences.timesInStates($0)[state]) },
          expected.doubles(name))
      }
    }
  }
}

extension SequenceStatisticsTests {
  @Test("counts a sequence of several people as often as it is theirs")
  func copies() throws {
    let distinct = [[0, 0, 1, 2], [0, 1, 1, 1], [2, 2, 0, 2]]
    let (copies, weights) = ([3, 1, 2], [0.5, 2, 1])
    func repeated<Value>(_ values: [Value]) -> [Value] {
      zip(values, copies).flatMap { Array(repeating: $0, count: $1) }
    }
    for weighted in [false, true] {
      let short = try SequenceStatistics(
        states: 3, sequences: distinct, weights: weighted ? weights : nil, copies: copies)
      let long = try SequenceStatistics(
        states: 3, sequences: repeated(distinct), weights: weighted ? repeated(weights) : nil)
      #expect(short.count == 6 && long.count == 6)
      #expect(abs(short.totalWeight - long.totalWeight) < 1e-12)
      for (one, other) in zip(short.distribution, long.distribution) {
        #expect(zip(one.shares ?? [], other.shares ?? []).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(one.shares?.count == 3)
      }
      let rates = zip(short.transitionRates(), long.transitionRates())
      for (one, other) in rates {
        #expect(zip(one ?? [], other ?? []).allSatisfy { abs($0 - $1) < 1e-12 })
      }
      for (one, other) in zip(short.meanTimes(), long.meanTimes()) {
        #expect(abs((one.mean ?? 9) - (other.mean ?? 0)) < 1e-12)
        #expect(abs((one.variance ?? 9) - (other.variance ?? 0)) < 1e-12)
        #expect(abs((one.standardError ?? 9) - (other.standardError ?? 0)) < 1e-12)
      }
      #expect(repeated(short.shapes) == long.shapes)
    }
  }
}
