import EventLog
public import Journey
import Statistics

/// The JSON form of an answer: schema `wegmarke.answer`, version 1.
///
/// A contract: keys are only ever added, and always written but for those that say so. Numbers in full precision, `null` where
/// a value is not defined or not reached.
struct AnswerDocument: Encodable {
  var schema = "wegmarke.answer"
  var schemaVersion = 1
  let definition: Definition
  let parameters: Parameters
  let knowledge: Knowledge
  let population: Population
  let groups: [Group]
  /// SHA-256 over this document without this key, as it would be written without it.
  var digest: String?

  struct Definition: Encodable {
    let name: String
    let version: Int
    let digest: String
    /// The whole question file, so that an answer can be derived again from itself and the log.
    let text: String
  }

  struct Parameters: Encodable {
    let clock: String
    @Nullable var gap: Int32?
    @Nullable var rule: String?
    let kinds: [String]
    let by: [String]
    @Nullable var windowFrom: String?
    @Nullable var windowTo: String?
    let on: String
    let interval: String
    let level: Double
    /// The times at which the curve is read off, in clock units.
    let at: [Double]
  }

  struct Knowledge: Encodable {
    let origin: String
    let size: UInt64
    let root: String
    @Nullable var recordedUntil: String?
    let simulated: Bool
    let program: String
  }

  struct Population: Encodable {
    let participants: Int
    let counted: Int
    let withoutEntry: Int
    let withoutIndexEvent: Int
    let notObserved: Int
    let tooLate: Int
    /// Not written where nobody is left out, as in answers from before there was the key.
    var leftOut: Int?
  }

  struct Group: Encodable {
    let values: [String?]
    let subjects: Int
    let events: Int
    let curve: [Point]
    let quartiles: [Quartile]
    let at: [Reading]
    @Nullable var restrictedMean: Mean?
  }

  struct Point: Encodable {
    let time: Double
    let atRisk: Int
    let events: Int
    let censored: Int
    let survival: Double
    @Nullable var standardError: Double?
    @Nullable var lower: Double?
    @Nullable var upper: Double?
  }

  struct Reading: Encodable {
    let time: Double
    let atRisk: Int
    @Nullable var survival: Double?
    @Nullable var standardError: Double?
    @Nullable var lower: Double?
    @Nullable var upper: Double?
    /// Whether the curve ended before this time and its last value is carried on.
    let extrapolated: Bool
  }

  struct Quartile: Encodable {
    let p: Double
    @Nullable var time: Double?
    @Nullable var lower: Double?
    @Nullable var upper: Double?
  }

  struct Mean: Encodable {
    let horizon: Double
    let mean: Double
    let standardError: Double
    let extrapolated: Bool
  }
}

/// A value that is written as `null` when there is none; Swift's own coding leaves the key out.
@propertyWrapper
struct Nullable<Value: Encodable>: Encodable {
  var wrappedValue: Value?

  init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
  }
}

/// What stands beside a file of figures: schema `wegmarke.certificate`, version 1.
struct CertificateDocument: Encodable {
  var schema = "wegmarke.certificate"
  var schemaVersion = 1
  let definition: AnswerDocument.Definition
  let parameters: AnswerDocument.Parameters
  let knowledge: AnswerDocument.Knowledge
  let result: Result
  /// SHA-256 over this document without this key, as it would be written without it.
  var digest: String?

  struct Result: Encodable {
    let format: String
    let file: String
    let digest: String
    /// The language of a file with words in it; not written for others.
    var language: String?
  }
}

extension TimeToEventAnswer {
  /// The answer as JSON; the same answer gives the same bytes.
  ///
  /// - Throws: An encoding error, which means a mistake of the program.
  public func json() throws -> [UInt8] {
    var document = document
    document.digest = try digest()
    return try AnswerEncoding.bytes(of: document) + [10]
  }

  /// The digest of the answer, in hex.
  public func digest() throws -> String {
    ContentDigest.hex(ContentDigest.sha256(try AnswerEncoding.bytes(of: document)))
  }

  /// The certificate of a file that holds the curves of this answer, as JSON.
  ///
  /// - Parameters:
  ///   - file: The name of the file, without a folder.
  ///   - bytes: All bytes of the file.
  /// - Throws: An encoding error, which means a mistake of the program.
  public func certificate(ofCSV bytes: [UInt8], file: String) throws -> [UInt8] {
    try certificate(of: bytes, file, format: "csv", language: nil)
  }

  /// The certificate of a file that holds the chart of this answer, as JSON.
  ///
  /// - Parameters:
  ///   - bytes: All bytes of the file: SVG.
  ///   - language: The language of its words.
  ///   - file: The name of the file, without a folder.
  /// - Throws: An encoding error, which means a mistake of the program.
  public func certificate(
    ofChart bytes: [UInt8], in language: Language, file: String
  ) throws -> [UInt8] {
    try certificate(of: bytes, file, format: "svg", language: language.rawValue)
  }

  private func certificate(
    of bytes: [UInt8], _ file: String, format: String, language: String?
  ) throws -> [UInt8] {
    let document = document
    var certificate = CertificateDocument(
      definition: document.definition, parameters: document.parameters,
      knowledge: document.knowledge,
      result: .init(
        format: format, file: file, digest: ContentDigest.hex(ContentDigest.sha256(bytes)),
        language: language))
    certificate.digest = ContentDigest.hex(
      ContentDigest.sha256(try AnswerEncoding.bytes(of: certificate)))
    return try AnswerEncoding.bytes(of: certificate) + [10]
  }

  private var document: AnswerDocument {
    let interruption: (gap: Int32, rule: GapRule)? =
      if case .interruption(let gap, let rule) = question.outcome { (gap, rule) } else { nil }
    return AnswerDocument(
      definition: .init(
        name: definition.name, version: definition.version, digest: definition.digest,
        text: definition.text),
      parameters: .init(
        clock: question.clock.rawValue, gap: interruption?.gap, rule: interruption?.rule.rawValue,
        kinds: question.kinds.sorted { $0.rawValue < $1.rawValue }.map(\.code),
        by: question.groupedBy, windowFrom: question.window?.lowerBound.description,
        windowTo: question.window?.upperBound.description, on: question.referenceDay.description,
        interval: intervals.rawValue, level: level, at: horizons),
      knowledge: .init(
        origin: certificate.origin, size: certificate.size, root: certificate.root,
        recordedUntil: certificate.recordedUntil.map(Timestamp.text),
        simulated: certificate.isSimulated, program: certificate.program),
      population: .init(
        participants: attrition.participants, counted: attrition.counted,
        withoutEntry: attrition.withoutEntry, withoutIndexEvent: attrition.withoutIndexEvent,
        notObserved: attrition.notObserved, tooLate: attrition.tooLate,
        leftOut: attrition.leftOut > 0 ? attrition.leftOut : nil),
      groups: groups.map(document))
  }

  private func document(_ group: Group) -> AnswerDocument.Group {
    let curve = (0..<group.curve.count).map { index in
      let row = group.curve[index]
      let limits = group.band[index]
      return AnswerDocument.Point(
        time: row.time, atRisk: row.atRisk, events: row.events, censored: row.censored,
        survival: row.survival, standardError: row.standardError, lower: limits?.lower,
        upper: limits?.upper)
    }
    return AnswerDocument.Group(
      values: group.values,
      subjects: group.curve.counts.subjects, events: group.curve.counts.totalEvents,
      curve: curve,
      quartiles: group.quartiles.map {
        .init(p: $0.probability, time: $0.time, lower: $0.lower, upper: $0.upper)
      },
      at: group.readings.map {
        .init(
          time: $0.time, atRisk: $0.atRisk, survival: $0.survival,
          standardError: $0.standardError, lower: $0.limits?.lower, upper: $0.limits?.upper,
          extrapolated: $0.isExtrapolated)
      },
      restrictedMean: group.restrictedMean.map {
        .init(
          horizon: $0.horizon, mean: $0.mean, standardError: $0.standardError,
          extrapolated: $0.isExtrapolated)
      })
  }
}
