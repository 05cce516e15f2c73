import Testing

@testable import Simulation

@Suite("A distribution of days")
struct QuantilesTests {
  private let distribution = Quantiles([.init(0, 1), .init(0.2, 92), .init(0.5, 92), .init(1, 300)])

  @Test("gives its points back")
  func points() {
    #expect(distribution.days(at: 0) == 1)
    #expect(distribution.days(at: 0.2) == 92)
    #expect(distribution.days(at: 0.35) == 92)
    #expect(distribution.days(at: 0.75) == 196)
    #expect(distribution.days(at: 0.999_999_999) == 299)
  }

  @Test("has a share that agrees with drawing many shares in even steps")
  func share() {
    let steps = 200_000
    var counts = [Int](repeating: 0, count: 301)
    for step in 0..<steps {
      counts[distribution.days(at: (Double(step) + 0.5) / Double(steps))] += 1
    }
    var sum = 0
    for days in 0...300 {
      sum += counts[days]
      let drawn = Double(sum) / Double(steps)
      #expect(abs(drawn - distribution.share(upTo: days)) < 1e-4, "\(days) days")
    }
    #expect(distribution.share(upTo: 400) == 1)
  }

  @Test("is refused when its points do not ascend from 0 to 1")
  func refused() async {
    await #expect(processExitsWith: .failure) { _ = Quantiles([.init(0, 5), .init(1, 4)]) }
    await #expect(processExitsWith: .failure) { _ = Quantiles([.init(0.1, 5), .init(1, 6)]) }
  }
}

@Suite("Shares")
struct SharesTests {
  @Test("add up to one, whatever the weights add up to")
  func share() {
    let shares = Shares([("a", 2), ("b", 1), ("c", 1)])
    #expect(shares.share(of: "a") == 0.5)
    #expect(shares.share(of: "d") == 0)
    #expect(shares.value(at: 0) == "a")
    #expect(shares.value(at: 0.49) == "a")
    #expect(shares.value(at: 0.5) == "b")
    #expect(shares.value(at: 0.75) == "c")
    #expect(shares.value(at: 0.999_999) == "c")
  }
}

@Suite("A stream of random numbers")
struct RandomStreamTests {
  @Test("draws the same numbers for the same seed and number, and others for others")
  func streams() {
    func first(_ seed: UInt64, _ number: Int) -> [UInt64] {
      var stream = RandomStream(seed: seed, number: number)
      return (0..<4).map { _ in stream.next() }
    }
    #expect(first(1, 7) == first(1, 7))
    #expect(first(1, 7) != first(1, 8))
    #expect(first(1, 7) != first(2, 7))
    #expect(Set((0..<10_000).map { first(1, $0)[0] }).count == 10_000)
  }

  @Test("keeps its numbers from version to version and machine to machine")
  func pinned() {
    // xoshiro256** from the state that SplitMix64 gives for seed 1 and number 0.
    var stream = RandomStream(seed: 1, number: 0)
    let drawn = (0..<3).map { _ in stream.next() }
    #expect(drawn == [0xBED3_9BB8_64D5_1EF8, 0x2570_D86F_5D87_6711, 0xB407_4C49_6395_3840])
  }

  @Test("draws evenly")
  func even() {
    var stream = RandomStream(seed: 5, number: 0)
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<100_000 { counts[stream.below(10)] += 1 }
    // Five standard deviations of a binomial count.
    #expect(counts.allSatisfy { abs($0 - 10_000) < 475 })
    let units = (0..<100_000).map { _ in stream.unit() }
    #expect(units.allSatisfy { (0..<1).contains($0) })
    #expect(abs(units.reduce(0, +) / 100_000 - 0.5) < 0.005)
  }
}
