import Journey

/// What the JSON form of an answer says of how far the data are complete.
struct MaturityDocument: Encodable {
  /// The share of records from which on a day counts as complete.
  let share: Double
  /// The last day on which anything was recorded.
  let cut: String
  /// The last day that is as good as complete; `null` where the log does not tell.
  @Nullable var until: String?
  /// How many of those counted may still change.
  let immature: Int
  let delays: [Delay]
  /// Of what too little was recorded to tell.
  let untold: [String]

  struct Delay: Encodable {
    let subject: String
    /// The records that the estimate rests on.
    let records: Int
    /// The days within which the share of them is recorded.
    let days: Int
    let until: String
  }

  init(_ maturity: AnswerMaturity) {
    share = RecordingDelays.share
    cut = maturity.delays.cut.description
    _until = Nullable(wrappedValue: maturity.until?.description)
    immature = maturity.immature
    delays = maturity.delays.estimates.map {
      Delay(
        subject: $0.subject.rawValue, records: $0.count, days: $0.matureAge,
        until: $0.matureDay.description)
    }
    untold = maturity.delays.untold.map(\.rawValue)
  }
}

extension QuestionAnswer {
  /// The reference day that was chosen.
  var referenceDay: Day { maturity?.referenceDay ?? lastDay }

  /// How what is recorded late was taken, where that was chosen.
  var lateRecords: String? {
    maturity.flatMap { $0.records == .asRecorded ? nil : $0.records.rawValue }
  }
}
