import Statistics
import TestSupport
import Testing

@Suite("Outcomes looked at early")
struct RipeningBiasTests {
  @Test("mislead; what became of those of earlier people puts them right")
  func simulation() throws {
    // In work 60 %. Early on 30 % of those are not yet known to be, and 10 % of the others still count.
    let study = try BiasStudy("In work at a date, looked at early", seed: 409) { generator in
      func people(_ count: Int) -> (early: [OutcomeShares.Outcome], late: [OutcomeShares.Outcome]) {
        var early: [OutcomeShares.Outcome] = []
        var late: [OutcomeShares.Outcome] = []
        for _ in 0..<count {
          let works = generator.happens(0.6)
          late.append(works ? .yes : .no)
          early.append(
            works ? (generator.happens(0.7) ? .yes : .no) : (generator.happens(0.1) ? .yes : .no))
        }
        return (early, late)
      }
      let before = people(400)
      let recent = OutcomeShares(people(300).early)
      let nowcast = OutcomeMaturation(early: before.early, mature: before.late).nowcast(recent)
      return [
        .init("early answers", try recent.interval(), truth: 0.6),
        .init(
          "ripened by earlier people", nowcast?.all.estimate, truth: 0.6,
          limits: try nowcast?.all.limits()),
      ]
    }
    #expect(study["early answers"].isOff(by: -0.1), "\(study["early answers"])")
    let ripe = study["ripened by earlier people"]
    #expect(ripe.isFree() && ripe.isCovering, "\(ripe)")
  }
}
