import Statistics
import TestSupport
import Testing

/// Eighteen made-up people: age, whether female, whether they responded, whether employed.
enum Responders {
  static let age: [Double] = [
    19, 22, 23, 25, 26, 28, 30, 31, 33, 35, 36, 38, 41, 44, 47, 50, 52, 55,
  ]
  static let isFemale: [Double] = [0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0]
  static let responded = [0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1].map { $0 == 1 }
  static let isEmployed = [0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 1].map { $0 == 1 }
}

@Suite("A logistic regression")
struct LogisticRegressionTests {
  /// f <- glm(r ~ age + fem, family = binomial, control = list(epsilon = 1e-15)); coef(f); logLik(f);
  /// with p = fitted(f): V = solve(crossprod(X sqrt(p (1 - p)))), V crossprod(X (r - p)) V. (vcov(f) itself
  /// is that of the step before the last and differs by 2e-10.)
  @Test("is that of R's glm")
  func glm() throws {
    let model = try LogisticRegression(
      covariates: [Responders.age, Responders.isFemale], outcomes: Responders.responded)
    same(model.coefficients, [-2.83408662039281678, 0.088076282754143628, 1.205719563297695807])
    same(model.standardErrors, [2.199582941499220290, 0.061068960515610199, 1.139225655134356252])
    same(
      model.robustStandardErrors,
      [1.920270384472533509, 0.056636383892545342, 1.114041995117918127])
    same([model.logLikelihood], [-9.6520906830067066])
  }

  /// The score of Firth (1993) solved by Newton's steps in R; optim() on ½ log|I| added to the
  /// log-likelihood finds the same to 1e-9.
  @Test("with Firth's penalty is that of its definition, and exists where outcomes are parted")
  func firth() throws {
    let model = try LogisticRegression(
      covariates: [Responders.age, Responders.isFemale], outcomes: Responders.responded,
      penalty: .firth)
    same(
      model.coefficients, [-2.145253479115285078, 0.066677113111873354, 0.977781220277482932],
      within: 1e-7)
    same([model.logLikelihood], [-6.2681060832003022])
    let parted = Responders.age.map { $0 > 30 }
    let separated = try LogisticRegression(
      covariates: [Responders.age], outcomes: parted, penalty: .firth)
    same(separated.coefficients, [-15.49606917834181985, 0.50812638034259805], within: 1e-6)
  }

  @Test("is refused where there is no maximum, naming what parts the outcomes")
  func separation() throws {
    let parted = Responders.age.map { $0 > 30 }
    #expect(throws: StatisticsError.coefficientsUnbounded(covariates: [0])) {
      try LogisticRegression(covariates: [Responders.age], outcomes: parted)
    }
    // Quasi-complete: all women responded, and some men.
    let quasi = zip(Responders.isFemale, Responders.responded).map { $0 == 1 || $1 }
    #expect(throws: StatisticsError.coefficientsUnbounded(covariates: [0])) {
      try LogisticRegression(
        covariates: [Responders.isFemale, Responders.age], outcomes: quasi)
    }
  }

  @Test("is refused for outcomes or covariates that do not vary, or repeat others")
  func refusals() {
    let (age, female, responded) = (Responders.age, Responders.isFemale, Responders.responded)
    #expect(throws: StatisticsError.outcomesDoNotVary) {
      try LogisticRegression(covariates: [age], outcomes: age.map { _ in true })
    }
    #expect(throws: StatisticsError.covariateNotIdentified(covariate: 1)) {
      try LogisticRegression(covariates: [age, age.map { _ in 4 }], outcomes: responded)
    }
    #expect(throws: StatisticsError.covariateNotIdentified(covariate: 2)) {
      try LogisticRegression(
        covariates: [age, female, zip(age, female).map { 2 * $0 - $1 }], outcomes: responded)
    }
    #expect(throws: StatisticsError.covariateNotFinite(row: 0, covariate: 0)) {
      try LogisticRegression(covariates: [age.map { $0 == 19 ? .nan : $0 }], outcomes: responded)
    }
  }

  @Test(
    "without covariates gives everybody the rate", arguments: LogisticRegression.Penalty.allCases)
  func intercept(_ penalty: LogisticRegression.Penalty) throws {
    let model = try LogisticRegression(
      covariates: [], outcomes: Responders.responded, penalty: penalty)
    // Firth's estimate of one share is (K + ½) / (N + 1).
    let expected = penalty == .none ? 12.0 / 18 : 12.5 / 19
    for probability in model.fitted { #expect(relativeDifference(probability, expected) < 1e-9) }
  }

  @Test("predicts the same in other units of its covariates", arguments: 1...20)
  func units(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let x = (0..<80).map { _ in Double.random(in: -1...1, using: &generator) }
    let outcomes = x.map { Double.random(in: -1.5...1.5, using: &generator) < $0 }
    let plain = try LogisticRegression(covariates: [x], outcomes: outcomes)
    let moved = try LogisticRegression(covariates: [x.map { 2_000 + 7 * $0 }], outcomes: outcomes)
    same(moved.fitted, plain.fitted, within: 1e-9)
    same([moved.coefficients[1] * 7], [plain.coefficients[1]], within: 1e-9)
    // The score of the maximum is 0: residuals add up to nothing, with x too.
    let residuals = zip(outcomes, plain.fitted).map { ($0 ? 1 : 0) - $1 }
    #expect(abs(residuals.reduce(0, +)) < 1e-9)
    #expect(abs(zip(x, residuals).reduce(0) { $0 + $1.0 * $1.1 }) < 1e-9)
  }

  private func same(_ values: [Double], _ expected: [Double], within: Double = 1e-10) {
    #expect(values.count == expected.count)
    for (value, reference) in zip(values, expected) {
      #expect(relativeDifference(value, reference) < within, "\(value) for \(reference)")
    }
  }
}
