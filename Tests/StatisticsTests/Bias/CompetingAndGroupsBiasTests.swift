import Glibc
import Statistics
import TestSupport
import Testing

@Suite("One exit among several")
struct CompetingBiasTests {
  @Test("is overstated by 1 − Kaplan–Meier; Aalen–Johansen's incidence is right")
  func incidence() throws {
    // Each day 0.3 % begin a job and 0.3 % drop out; the data end between day 200 and day 700.
    let (job, dropout) = (0.003, 0.003)
    let truth = job / (job + dropout) * (1 - pow(1 - job - dropout, 365))
    let study = try BiasStudy("First job within 365 days, with dropouts", seed: 405) { generator in
      var stops: [Double] = []
      var causes: [Int] = []
      for _ in 0..<400 {
        let wait = 1 + (generator.exponential(mean: -1 / log1p(-job - dropout))).rounded(.down)
        let end = Double(Int.random(in: 200...700, using: &generator))
        stops.append(min(wait, end))
        causes.append(wait > end ? 0 : generator.happens(job / (job + dropout)) ? 1 : 2)
      }
      let curve = try AalenJohansen(StateFollowUp(stops: stops, causes: causes, causeCount: 2))
      let reading = try curve.at([365], state: 1)[0]
      let naive = try SurvivalEstimate(FollowUp(stops: stops, events: causes.map { $0 == 1 }))
        .at([365])[0]
      return [
        .init(
          estimator: "1 − Kaplan–Meier", estimate: naive.survival.map { 1 - $0 }, truth: truth,
          limits: naive.limits.map { 1 - $0.upper...1 - $0.lower }),
        .init(
          "Aalen–Johansen", reading.probability, truth: truth,
          limits: reading.limits),
      ]
    }
    #expect(study["1 − Kaplan–Meier"].isOff(by: 0.1), "\(study["1 − Kaplan–Meier"])")
    let right = study["Aalen–Johansen"]
    #expect(right.isFree() && right.isCovering, "\(right)")
  }
}

@Suite("People who do not respond")
struct ResponseBiasTests {
  @Test("mislead the plain share; weights by profile are right where the profile explains it")
  func profile() throws {
    // Young people respond less and are employed less; so do, and are, people with little German.
    let employed = [[0.3, 0.5], [0.5, 0.8]]
    let responds = [[0.2, 0.5], [0.5, 0.8]]
    let truth = (0.3 + 0.5 + 0.5 + 0.8) / 4
    let study = try BiasStudy("Employed, response depends on the profile", seed: 406) { generator in
      var profile: [[Double]] = [[], []]
      var responded: [Bool] = []
      var outcomes: [Bool] = []
      for _ in 0..<600 {
        let (old, german) = (generator.chance(50) ? 1 : 0, generator.chance(50) ? 1 : 0)
        profile[0].append(Double(old))
        profile[1].append(Double(german))
        responded.append(generator.happens(responds[old][german]))
        outcomes.append(generator.happens(employed[old][german]))
      }
      let yes = zip(outcomes, responded).count { $0 && $1 }
      let model = ResponseWeightedShare(
        outcomes: outcomes,
        weights: try ResponseWeights(responded: responded, covariates: profile))
      let cells = ResponseWeightedShare(
        outcomes: outcomes,
        weights: try ResponseWeights(
          responded: responded, cells: zip(profile[0], profile[1]).map { Int(2 * $0 + $1) }))
      return [
        .init(
          "of those who responded",
          try WilsonInterval(successes: yes, of: responded.count { $0 }), truth: truth),
        .init(
          "weighted by a model", model.estimate, truth: truth,
          limits: try model.limits()),
        .init(
          "weighted by cells", cells.estimate, truth: truth,
          limits: try cells.limits()),
      ]
    }
    #expect(study["of those who responded"].isOff(by: 0.04))
    for name in ["weighted by a model", "weighted by cells"] {
      #expect(study[name].isFree(within: 0.02) && study[name].isCovering, "\(name) \(study[name])")
    }
  }

  @Test("who stay away because of the outcome mislead weights too; the bounds hold the truth")
  func outcome() throws {
    // Of those in work 80 % respond, of the others 50 %: no profile explains that.
    let truth = 0.55
    let study = try BiasStudy("Employed, response depends on the outcome", seed: 407) { generator in
      let outcomes = (0..<300).map { _ -> OutcomeShares.Outcome in
        let isEmployed = generator.happens(truth)
        guard generator.happens(isEmployed ? 0.8 : 0.5) else { return .unknown }
        return isEmployed ? .yes : .no
      }
      let shares = OutcomeShares(outcomes)
      return [
        .init("of those known", try shares.interval(), truth: truth),
        .init(
          "bounds, in the middle", shares.bounds.map { ($0.lower + $0.upper) / 2 },
          truth: truth, limits: try shares.limits()),
      ]
    }
    #expect(study["of those known"].isOff(by: 0.05))
    #expect((study["of those known"].coverage ?? 1) < 0.6)
    #expect((study["bounds, in the middle"].coverage ?? 0) >= 0.99)
  }
}

@Suite("Contacts that have no effect")
struct LandmarkBiasTests {
  @Test("seem to help when compared from the start; from a landmark on they do not")
  func contact() throws {
    let study = try BiasStudy("Difference in retention after 90 days by a contact", seed: 408) {
      generator in
      let stops = (0..<500).map { _ in 1 + generator.exponential(mean: 150).rounded(.down) }
      let contacts = stops.map { stop -> Double? in
        let day = 1 + generator.exponential(mean: 60).rounded(.down)
        return day < stop ? day : nil
      }
      let rows = try FollowUp(stops: stops, events: stops.map { _ in true })
      let landmark = try Landmark(rows, at: 30, becameExposed: contacts)
      let ever = contacts.map { $0 != nil }
      func difference(_ with: FollowUp, _ without: FollowUp, _ day: Double) throws -> Contrast? {
        let readings = try [with, without].map { try SurvivalEstimate($0).at([day])[0] }
        return Contrast.difference(
          (readings[0].survival ?? .nan, readings[0].standardError ?? .nan),
          (readings[1].survival ?? .nan, readings[1].standardError ?? .nan))
      }
      let naive = try difference(
        rows.rows(ever.indices.filter { ever[$0] }), rows.rows(ever.indices.filter { !ever[$0] }),
        90)
      let fair = try difference(landmark.rows(exposed: true), landmark.rows(exposed: false), 60)
      return [
        .init(
          "ever contacted or not", naive?.estimate, truth: 0,
          limits: try naive?.limits()),
        .init(
          "landmark at day 30", fair?.estimate, truth: 0,
          limits: try fair?.limits()),
      ]
    }
    #expect(study["ever contacted or not"].isOff(by: 0.1), "\(study["ever contacted or not"])")
    let fair = study["landmark at day 30"]
    #expect(fair.isFree() && fair.isCovering, "\(fair)")
  }
}
