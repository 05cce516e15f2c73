import Journey
import Statistics

/// `estimate delays`: how long events take to be recorded.
enum DelaysKind: EstimateKind {
  static let name = "delays"
  static let summary = LocalizedText(
    en: "share recorded by days since the event (--cut)",
    de: "Anteil erfasst nach Tagen seit dem Ereignis (--cut)")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let options = input.options
    let occurredName = try input.name(
      options.event, usual: ["occurred", "day", "date"], option: "event")
    let recordedName = try input.name(
      options.unknown.recorded, usual: ["recorded"], option: "recorded")
    let occurred = try input.completeDays(occurredName)
    let recorded = try input.completeDays(recordedName)
    let delays = try input.delays(
      occurred, recorded, rows: Array(occurred.indices), column: recordedName)
    var result = EstimateResult(
      title: .init(en: "Recorded within so many days", de: "Erfasst binnen so vielen Tagen"),
      columns: [
        .init("days", .time, en: "DAYS", de: "TAGE"),
        .init("share", .number, en: "SHARE", de: "ANTEIL"),
        .init("se", .number, en: "SE", de: "SF"),
        .init("lower", .number, en: "LOWER", de: "UNTEN"),
        .init("upper", .number, en: "UPPER", de: "OBEN"),
        .init("recorded_share", .number, en: "OF RECORDED", de: "DER ERFASSTEN"),
      ])
    for days in options.at?.values.map({ Int($0) }) ?? delays.times {
      let limits = try delays.limits(
        within: days, type: options.interval, level: options.level)
      result.append(
        [
          Double(days), delays.share(within: days), delays.standardError(within: days),
          limits?.lower, limits?.upper, delays.recordedShare(within: days),
        ].map { .number($0) })
    }
    try result.state(delays, mature: options.unknown.mature)
    result.state(options.interval, level: options.level)
    return result
  }
}

/// `estimate nowcast`: retention corrected for ends that are recorded late.
enum NowcastKind: EstimateKind {
  static let name = "nowcast"
  static let summary = LocalizedText(
    en: "share still there when ends are recorded late (--cut)",
    de: "Anteil noch dabei bei spät erfassten Enden (--cut)")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let options = input.options
    let startName = try input.name(options.start, usual: ["start"], option: "start")
    let stopName = try input.name(options.stop, usual: ["stop", "end"], option: "stop")
    let recordedName = try input.name(
      options.unknown.recorded, usual: ["recorded"], option: "recorded")
    let starts = try input.completeDays(startName)
    let ends = try input.days(stopName)
    let recorded = try input.days(recordedName)
    for row in ends.indices where ends[row] != nil && recorded[row] == nil {
      throw input.table.failure(
        row: row, column: recordedName,
        .init(
          en: "The end has no day on which it was recorded.",
          de: "Zum Ende fehlt der Tag, an dem es erfasst wurde."))
    }
    let horizons = try input.horizons().map { Int($0) }
    let known = ends.indices.filter { ends[$0] != nil }
    let delays = try input.delays(
      known.map { ends[$0] ?? 0 }, known.map { recorded[$0] ?? 0 }, rows: known,
      column: recordedName)
    let mature = try delays.matureDay(share: options.unknown.mature)
    var result = EstimateResult(
      title: .init(
        en: "Share still there, ends being recorded late",
        de: "Anteil noch dabei, bei spät erfassten Enden"),
      columns: [
        .init("stratum", .text, en: "GROUP", de: "GRUPPE"),
        .init("time", .time, en: "DAYS", de: "TAGE"),
        .init("face_value", .number, en: "FACE VALUE", de: "WIE ERFASST"),
        .init("mature", .number, en: "MATURE", de: "REIF"),
        .init("nowcast", .number, en: "NOWCAST", de: "NOWCAST"),
        .init("se", .number, en: "SE", de: "SF"),
        .init("lower", .number, en: "LOWER", de: "UNTEN"),
        .init("upper", .number, en: "UPPER", de: "OBEN"),
        .init(machine: "n_risk", .count),
      ])
    let groups = try EstimateGroups(input).all
    for group in groups {
      let rows = try input.checked(start: startName, stop: stopName) {
        () throws(StatisticsError) in
        try ReportedFollowUp(
          starts: group.rows.map { starts[$0] }, ends: group.rows.map { ends[$0] },
          recorded: group.rows.map { recorded[$0] }, cut: delays.cut)
      }
      let nowcast = try SurvivalNowcast(rows, delays: delays, isOwn: groups.count == 1)
      let times = horizons.map { Double($0) }
      let face = try SurvivalEstimate(rows.followUp(until: rows.cut)).at(times)
      let ripe = try SurvivalEstimate(rows.followUp(until: mature)).at(times)
      for (index, reading) in try nowcast.at(
        horizons, limitsOf: options.interval, level: options.level
      ).enumerated() {
        let numbers = [
          Double(reading.time), face[index].survival,
          ripe[index].isExtrapolated ? nil : ripe[index].survival, reading.survival,
          reading.standardError, reading.limits?.lower, reading.limits?.upper, reading.atRisk,
        ]
        result.append([.text(group.name)] + numbers.map { .number($0) })
        if reading.isExtrapolated {
          result.warnings.append(.beyond(Double(reading.time), group.name))
        }
      }
    }
    try result.state(delays, mature: options.unknown.mature)
    result.state(options.interval, level: options.level)
    return result
  }
}

extension EstimateInput {
  /// The delays of events recorded by `--cut`; an error is said with its place in the file.
  fileprivate func delays(
    _ occurred: [Int], _ recorded: [Int], rows: [Int], column: String
  ) throws -> ReportingDelays {
    let cut = try cut()
    do throws(StatisticsError) {
      return try ReportingDelays(
        occurred: occurred, recorded: recorded, cut: cut, maximum: options.unknown.longest)
    } catch {
      switch error {
      case .negativeDuration(let row, _):
        throw table.failure(
          row: rows[row], column: column,
          .init(
            en: "Recorded before it happened.", de: "Erfasst, bevor es geschah."),
          advice: .init(
            en: "Announced events have no delay: leave them out, or write the day itself.",
            de: "Angekündigtes hat keinen Verzug: weglassen oder den Tag selbst schreiben."))
      case .recordedAfterCut(let row):
        throw table.failure(
          row: rows[row], column: column,
          .init(
            en: "Recorded after --cut: the table knows more than it should by then.",
            de: "Nach --cut erfasst: Die Tabelle weiß mehr, als sie bis dahin dürfte."),
          advice: .init(
            en: "Take a later --cut, or leave out what was recorded after it.",
            de: "Ein späteres --cut nehmen oder weglassen, was danach erfasst wurde."))
      case .tooFewDelays(let count):
        throw Failure(
          .init(
            en: "\(count) recorded events are too few to estimate delays.",
            de: "\(count) erfasste Ereignisse sind zu wenige, um Verzug zu schätzen."),
          advice: .init(
            en: "--longest names the longest delay to speak of.",
            de: "--longest nennt den längsten Verzug, von dem die Rede ist."), .data)
      case .delaysDoNotOverlap(let delay):
        throw Failure(
          .init(
            en: "No event links delays below \(delay) days with longer ones.",
            de: "Kein Ereignis verbindet Verzug unter \(delay) Tagen mit längerem."),
          advice: .init(
            en: "Give --longest \(max(0, delay - 1)) or less.",
            de: "Bitte --longest \(max(0, delay - 1)) oder weniger angeben."), .data)
      default: throw failure(error, start: nil, stop: column)
      }
    }
  }
}

extension EstimateResult {
  /// Says up to which delay the estimate speaks, and from when on the data are not yet mature.
  fileprivate mutating func state(_ delays: ReportingDelays, mature: Double) throws {
    state(
      "longest", Double(delays.maximum), en: "Given recorded within", de: "Bei Erfassung binnen")
    state("longer", Double(delays.longerCount), en: "later:", de: "später:")
    let age = try delays.time(for: mature)
    let share = EstimateInput.text((mature * 1e6).rounded() / 1e4)
    facts.append(
      (
        key: "mature_age", value: "\(age)",
        words: .init(
          en: "\(share)% are recorded within \(age) days: later events are not mature",
          de: "\(share) % sind binnen \(age) Tagen erfasst: jüngere Ereignisse sind unreif")
      ))
  }
}
