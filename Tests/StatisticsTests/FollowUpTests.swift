import Testing

@testable import Statistics

@Suite("Rows of follow-up")
struct FollowUpTests {
  @Test("are refused with the row and the reason")
  func refusals() {
    #expect(throws: StatisticsError.entryNotBeforeExit(row: 1, entry: 4, exit: 4)) {
      try FollowUp(starts: [0, 4], stops: [3, 4], events: [true, true])
    }
    #expect(throws: StatisticsError.weightNotUsable(row: 0, weight: -1)) {
      try FollowUp(stops: [3], events: [true], weights: [-1])
    }
    #expect(throws: StatisticsError.durationNotFinite(row: 2)) {
      try FollowUp(stops: [1, 2, .infinity], events: [true, true, true])
    }
    #expect(throws: StatisticsError.unknownNumber(row: 0, number: -3)) {
      try FollowUp(stops: [1], events: [true], subjects: [-3])
    }
    #expect(throws: StatisticsError.stateOutOfRange(row: 1, state: 2, states: 2)) {
      try StateFollowUp(stops: [1, 1], from: [0, 0], to: [1, 2], states: 2)
    }
    #expect(throws: StatisticsError.stateOutOfRange(row: 0, state: -1, states: 2)) {
      try StateFollowUp(stops: [1], from: [-1], to: [StateFollowUp.stays], states: 2)
    }
    #expect(throws: StatisticsError.stateOutOfRange(row: 0, state: 3, states: 3)) {
      try StateFollowUp(stops: [1], causes: [3], causeCount: 2)
    }
  }

  @Test("take a move into one's own state for none")
  func noMove() throws {
    let rows = try StateFollowUp(stops: [1, 2], from: [1, 1], to: [1, 0], states: 2)
    #expect(rows.to == [StateFollowUp.stays, 0])
  }

  @Test("keep their order when some are chosen")
  func choice() throws {
    let rows = try FollowUp(
      stops: [1, 2, 3], events: [true, false, true], weights: [1, 2, 3], subjects: [5, 5, 9])
    let chosen = rows.rows([2, 0])
    #expect(chosen.stops == [3, 1] && chosen.weights == [3, 1] && chosen.subjects == [9, 5])
    #expect(rows.units.count == 2 && rows.units.numbers == [0, 0, 1])
  }

  @Test("number names in the order in which they appear")
  func labels() {
    let labels = Labels(["b", "a", "b"])
    #expect(labels.names == ["b", "a"] && labels.numbers == [0, 1, 0])
    #expect(labels.rows == [[0, 2], [1]])
  }
}

@Suite("A small matrix")
struct MatrixTests {
  @Test("is solved by its Cholesky factor, on the worked example 4 2 / 2 3")
  func worked() throws {
    let matrix = Matrix(rows: 2, columns: 2, elements: [4, 2, 2, 3])
    let factor = try #require(Cholesky(matrix))
    #expect(factor.solve([8, 8]) == [1, 2])
    #expect(factor.rank == 2)
    #expect(factor.quadraticForm([8, 8]) == 24)
    let product = matrix * factor.inverse
    for (value, expected) in zip(product.elements, Matrix.identity(2).elements) {
      #expect(abs(value - expected) < 1e-15)
    }
  }

  @Test("leaves a dependent column out, as a generalised inverse does")
  func singular() throws {
    let matrix = Matrix(rows: 3, columns: 3, elements: [2, -1, -1, -1, 2, -1, -1, -1, 2])
    let factor = try #require(Cholesky(matrix))
    #expect(factor.rank == 2)
    #expect(factor.isDropped(2))
    let solution = factor.solve([1, 0, -1])
    #expect(solution[2] == 0)
    let back = matrix * solution
    for (value, expected) in zip(back, [1.0, 0, -1]) { #expect(abs(value - expected) < 1e-15) }
  }

  @Test("that is not non-negative, or not finite, has no factor")
  func refused() {
    #expect(Cholesky(Matrix(rows: 2, columns: 2, elements: [1, 2, 2, 1])) == nil)
    #expect(Cholesky(Matrix(rows: 1, columns: 1, elements: [.nan])) == nil)
  }
}

@Suite("The chi-square distribution")
struct ChiSquareTests {
  /// pchisq(x, df, lower.tail = FALSE) in R 4.2.2.
  @Test(
    "agrees with R far into the tail",
    arguments: [
      (558.3679159766187, 1, 1.9039393193176853e-123),
      (696.7428605742789, 1, 1.5275409841341184e-153),
      (25.403700345785357, 3, 1.2712459390060946e-05),
      (11.683092710639166, 2, 0.002904347997586098),
      (19.709622458061506, 3, 0.0001949615885904642),
      (10.275750506025403, 2, 0.0058701490536921435),
    ])
  func tail(_ x: Double, _ degrees: Int, _ expected: Double) {
    let value = ChiSquare.upperTail(x, degreesOfFreedom: degrees)
    #expect(abs(value - expected) <= 1e-12 * expected, "\(value)")
  }

  @Test("is 1 at 0 and 0 at infinity")
  func ends() {
    #expect(ChiSquare.upperTail(0, degreesOfFreedom: 4) == 1)
    #expect(ChiSquare.upperTail(.infinity, degreesOfFreedom: 4) == 0)
    #expect(ChiSquare.upperTail(.nan, degreesOfFreedom: 4).isNaN)
  }
}
