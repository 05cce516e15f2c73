import Statistics
import TestSupport
import Testing

@Suite("Late recording")
struct LateRecordingBiasTests {
  private static let horizon = 182

  @Test("of job ends overstates retention; the mature part and the nowcast do not")
  func retention() throws {
    let programme = DelayedProgramme(people: 1_200)
    let truth = programme.retention(after: Self.horizon)
    let study = try BiasStudy("Retention after 182 days, job ends recorded late", seed: 401) {
      generator in
      let rows = try programme.sample(&generator).followUp()
      let delays = try rows.delays()
      let mature = try delays.matureDay()
      let nowcast = try SurvivalNowcast(rows, delays: delays)
      let reading = try nowcast.at([Self.horizon])[0]
      let share = try nowcast.share(after: Self.horizon)
      return [
        .init("curve, at face value", try curve(rows, until: rows.cut), truth: truth),
        .init("share, at face value", try plain(rows, until: rows.cut), truth: truth),
        .init("curve, mature part", try curve(rows, until: mature), truth: truth),
        .init("share, mature part", try plain(rows, until: mature), truth: truth),
        .init(
          "curve, nowcast", reading.survival, truth: truth,
          limits: reading.limits),
        .init(
          "share, nowcast", share.estimate, truth: truth,
          limits: share.limits),
      ]
    }
    let late = (curve: study["curve, at face value"], share: study["share, at face value"])
    #expect(
      late.curve.isOff(by: 0.03) && !late.curve.isFree() && !late.curve.isCovering,
      "\(late.curve)")
    // Only those whose days have passed count, and their ends are older: it is off by less.
    #expect(late.share.isOff(by: 0.001), "\(late.share)")
    for name in [
      "curve, mature part", "share, mature part", "curve, nowcast", "share, nowcast",
    ] {
      #expect(study[name].isFree(), "\(name) \(study[name])")
      #expect(study[name].isCovering, "\(name) \(study[name])")
    }
  }

  @Test("of starts understates how many began; the nowcast does not")
  func starts() throws {
    let programme = DelayedProgramme(people: 1_500)
    let cut = DelayedProgramme.cut
    let days = cut - 45..<cut - 4
    let study = try BiasStudy("Starts of the last weeks, recorded late", seed: 402) { generator in
      let sample = programme.sample(&generator)
      let known = sample.starts.indices.filter { sample.startRecorded[$0] <= cut }
      let delays = try ReportingDelays(
        occurred: known.map { sample.starts[$0] }, recorded: known.map { sample.startRecorded[$0] },
        cut: cut)
      let period = try CountNowcast(
        occurred: known.map { sample.starts[$0] }, periods: [days], delays: delays
      ).periods[0]
      let truth = Double(sample.starts.count { days.contains($0) })
      return [
        .init(
          "recorded so far", Double(period.recorded), truth: truth),
        .init(
          "nowcast", period.expected, truth: truth, limits: period.limits),
      ]
    }
    #expect(study["recorded so far"].isOff(by: -10), "\(study["recorded so far"])")
    #expect(study["nowcast"].isFree(within: 0.02), "\(study["nowcast"])")
    #expect(study["nowcast"].isCovering, "\(study["nowcast"])")
  }

  @Test("makes recorded delays look short; the estimate for what is not yet recorded does not")
  func delays() throws {
    let programme = DelayedProgramme(people: 300, meanDuration: 150)
    let truth = DelayedProgramme.shareRecorded(within: 28)
    let study = try BiasStudy("Job ends recorded within 28 days", seed: 403) { generator in
      let sample = programme.sample(&generator)
      // Only the last 200 days: a new programme, in which few delays have run their course.
      let first = DelayedProgramme.cut - 200
      let seen = sample.ends.indices.filter {
        sample.ends[$0] >= first && sample.endRecorded[$0] <= DelayedProgramme.cut
      }
      let delays = try ReportingDelays(
        occurred: seen.map { sample.ends[$0] }, recorded: seen.map { sample.endRecorded[$0] },
        cut: DelayedProgramme.cut)
      let short = seen.count { sample.endRecorded[$0] - sample.ends[$0] <= 28 }
      return [
        .init(
          "of those recorded", try WilsonInterval(successes: short, of: seen.count), truth: truth),
        .init(
          "right-truncated", delays.share(within: 28), truth: truth,
          limits: try delays.limits(within: 28)),
      ]
    }
    #expect(study["of those recorded"].isOff(by: 0.04), "\(study["of those recorded"])")
    #expect(study["right-truncated"].isFree(within: 0.02), "\(study["right-truncated"])")
    #expect(study["right-truncated"].isCovering, "\(study["right-truncated"])")
  }

  private func curve(_ rows: ReportedFollowUp, until day: Int) throws -> SurvivalEstimate.Reading {
    try SurvivalEstimate(rows.followUp(until: day)).at([Double(Self.horizon)])[0]
  }

  private func plain(_ rows: ReportedFollowUp, until day: Int) throws -> WilsonInterval {
    let due = rows.starts.indices.filter { rows.starts[$0] + Self.horizon <= day }
    let stayed = due.count { row in
      rows.ends[row].map { $0 - rows.starts[row] > Self.horizon } ?? true
    }
    return try WilsonInterval(successes: stayed, of: due.count)
  }
}
