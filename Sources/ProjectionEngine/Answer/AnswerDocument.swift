import EventLog

/// The JSON form of an answer: schema `wegmarke.answer`, version 1.
///
/// A contract: keys are only ever added, and always written but for those that say so. Numbers in
/// full precision, `null` where a value is not defined or not reached. What a group holds depends on the kind of the question.
struct AnswerDocument<Group: Encodable>: Encodable {
  var schema = "wegmarke.answer"
  var schemaVersion = 1
  let definition: AnswerFacts.Definition
  let parameters: AnswerFacts.Parameters
  let knowledge: AnswerFacts.Knowledge
  let population: AnswerFacts.Population
  /// Not written where nothing is immature and nothing was chosen about it.
  let maturity: MaturityDocument?
  let groups: [Group]
  /// Not written for fewer than two groups, and where each group says it itself.
  let comparison: ComparisonDocument?
  /// What the standard errors of curves are; not written where there are no curves.
  let variance: String?
}

/// The parts that answers to questions of every kind have in common.
public enum AnswerFacts {
  /// The question file.
  public struct Definition: Encodable, Sendable {
    let name: String
    let version: Int
    let kind: String
    let digest: String
    /// The whole question file, so that an answer can be derived again from itself and the log.
    let text: String
  }

  /// What was chosen, or stands in the file.
  public struct Parameters: Encodable, Sendable {
    /// The unit of every time.
    public let clock: String
    @Nullable var gap: Int32?
    /// The gap rule, of questions that have one.
    @Nullable public internal(set) var rule: String?
    let kinds: [String]
    /// What units are grouped by.
    public let by: [String]
    @Nullable var windowFrom: String?
    @Nullable var windowTo: String?
    let on: String
    let interval: String
    let level: Double
    /// The times at which the answer is read off, in clock units.
    let at: [Double]
    /// The parameters that the question rests on, as files write them.
    let set: [String: String]
    /// How what is recorded late was taken: `mature` or `nowcast`; not written where it was not chosen.
    var lateRecords: String?
    /// Whether curves have bounds; not written where it was not chosen.
    var bounds: Bool?
    /// The attributes that weights of response were made by; not written where none were chosen.
    var responseBy: [String]?
  }

  struct Knowledge: Encodable {
    let origin: String
    let size: UInt64
    let root: String
    @Nullable var recordedUntil: String?
    let simulated: Bool
    let program: String

    init(_ certificate: AnswerCertificate) {
      origin = certificate.origin
      size = certificate.size
      root = certificate.root
      _recordedUntil = Nullable(wrappedValue: certificate.recordedUntil.map(Timestamp.text))
      simulated = certificate.isSimulated
      program = certificate.program
    }
  }

  struct Population: Encodable {
    let participants: Int
    let counted: Int
    let withoutEntry: Int
    let withoutIndexEvent: Int
    let outsidePopulation: Int
    let populationUnknown: Int
    let notObserved: Int
    let tooLate: Int
    /// Not written where nobody is left out, as in answers from before there was the key.
    var leftOut: Int?
    /// Not written where every unit has a weight.
    var withoutWeight: Int?

    init(_ attrition: Attrition) {
      participants = attrition.participants
      counted = attrition.counted
      withoutEntry = attrition.withoutEntry
      withoutIndexEvent = attrition.withoutIndexEvent
      outsidePopulation = attrition.outsidePopulation
      populationUnknown = attrition.populationUnknown
      notObserved = attrition.notObserved
      tooLate = attrition.tooLate
      leftOut = attrition.leftOut > 0 ? attrition.leftOut : nil
      withoutWeight = attrition.withoutWeight > 0 ? attrition.withoutWeight : nil
    }
  }
}

/// A value that is written as `null` when there is none; Swift's own coding leaves the key out.
@propertyWrapper
public struct Nullable<Value: Encodable & Sendable>: Encodable, Sendable {
  /// The value.
  public var wrappedValue: Value?

  /// Wraps a value.
  public init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

  /// Writes the value, or `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
  }
}

/// What stands beside a file of figures: schema `wegmarke.certificate`, version 1.
struct CertificateDocument: Encodable {
  var schema = "wegmarke.certificate"
  var schemaVersion = 1
  let definition: AnswerFacts.Definition
  let parameters: AnswerFacts.Parameters
  let knowledge: AnswerFacts.Knowledge
  /// As in an answer.
  let maturity: MaturityDocument?
  let result: Result
  /// SHA-256 over this document without this key, as it would be written without it.
  var digest: String?

  struct Result: Encodable {
    let format: String
    let file: String
    let digest: String
    /// The language of a file with words in it; not written for others.
    var language: String?
    /// The command that a page names; not written for other files.
    var command: String?
  }
}
