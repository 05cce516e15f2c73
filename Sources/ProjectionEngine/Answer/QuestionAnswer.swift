import EventLog
public import Journey
public import Statistics

/// An answer to a question, with what it rests on.
///
/// Whatever its kind, an answer can be written as JSON, as a table of figures, and with a
/// certificate beside a file; the same answer gives the same bytes.
public protocol QuestionAnswer: Sendable {
  /// What the JSON form holds of one group.
  associatedtype GroupDocument: Encodable

  /// The definition.
  var definition: QuestionDefinition { get }
  /// How many people counted, and why others did not.
  var attrition: Attrition { get }
  /// What the answer rests on.
  var certificate: AnswerCertificate { get }
  /// The first and last day of the index event; nil for no bound.
  var window: ClosedRange<Day>? { get }
  /// The last day that counted: the reference day, or of a mature answer the last complete one.
  var lastDay: Day { get }
  /// How far what the answer rests on is complete; nil when nothing of it is immature.
  var maturity: AnswerMaturity? { get }
  /// What was chosen.
  var parameters: AnswerFacts.Parameters { get }
  /// How the groups differ as a whole; nil for fewer than two, or where each group says it itself.
  var comparisonDocument: ComparisonDocument? { get }
  /// What the standard errors of curves are; nil of answers without curves.
  var variance: CurveVariance? { get }
  /// The groups in the order of their values.
  var groupDocuments: [GroupDocument] { get }
  /// The names of the columns of `rows`.
  var columnNames: [String] { get }

  /// The figures as a table in full precision; `NA` where a value is not defined.
  func rows() throws -> [[String]]
}

extension QuestionAnswer {
  /// The figures as a table with which variance stands behind the standard errors and limits.
  ///
  /// - Throws: As `rows()`.
  public var table: (columns: [String], rows: [[String]]) {
    get throws {
      let name = [variance?.rawValue].compactMap(\.self)
      return (columnNames + (name.isEmpty ? [] : ["variance"]), try rows().map { $0 + name })
    }
  }

  /// The answer as JSON; the same answer gives the same bytes.
  ///
  /// - Throws: An encoding error, which means a mistake of the program.
  public func json() throws -> [UInt8] {
    let bytes = try AnswerEncoding.bytes(of: document)
    return AnswerEncoding.adding(digest: ContentDigest.hex(ContentDigest.sha256(bytes)), to: bytes)
  }

  /// The digest of the answer, in hex.
  public func digest() throws -> String {
    ContentDigest.hex(ContentDigest.sha256(try AnswerEncoding.bytes(of: document)))
  }

  /// The certificate of a file that holds the figures of this answer, as JSON.
  ///
  /// - Parameters:
  ///   - bytes: All bytes of the file.
  ///   - file: The name of the file, without a folder.
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

  /// The certificate of a page that shows this answer, as JSON.
  ///
  /// - Parameters:
  ///   - bytes: All bytes of the file: HTML.
  ///   - language: The language of its words.
  ///   - command: The command that the page names.
  ///   - file: The name of the file, without a folder.
  /// - Throws: An encoding error, which means a mistake of the program.
  public func certificate(
    ofPage bytes: [UInt8], in language: Language, command: String, file: String
  ) throws -> [UInt8] {
    try certificate(
      of: bytes, file, format: "html", language: language.rawValue, command: command)
  }

  private func certificate(
    of bytes: [UInt8], _ file: String, format: String, language: String?, command: String? = nil
  ) throws -> [UInt8] {
    let document = document
    var certificate = CertificateDocument(
      definition: document.definition, parameters: document.parameters,
      knowledge: document.knowledge, maturity: document.maturity,
      result: .init(
        format: format, file: file, digest: ContentDigest.hex(ContentDigest.sha256(bytes)),
        language: language, command: command))
    certificate.digest = ContentDigest.hex(
      ContentDigest.sha256(try AnswerEncoding.bytes(of: certificate)))
    return try AnswerEncoding.bytes(of: certificate) + [10]
  }

  private var document: AnswerDocument<GroupDocument> {
    AnswerDocument(
      definition: .init(
        name: definition.name, version: definition.version, kind: definition.kind.rawValue,
        digest: definition.digest, text: definition.text),
      parameters: parameters, knowledge: .init(certificate), population: .init(attrition),
      maturity: maturity.map(MaturityDocument.init), groups: groupDocuments,
      comparison: comparisonDocument, variance: variance?.rawValue)
  }

  /// Nothing; answers with curves say it.
  public var variance: CurveVariance? { nil }

  /// Nothing; answers that compare curves say more.
  public var comparisonDocument: ComparisonDocument? { nil }
}

/// Texts of figures in files.
enum FigureText {
  /// A number in the shortest form that gives back the same double; whole numbers without a point.
  static func number(_ number: Double?) -> String {
    guard let number, !number.isNaN else { return "NA" }
    if number.isInfinite { return number < 0 ? "-Inf" : "Inf" }
    if let whole = Int64(exactly: number) { return String(whole) }
    return "\(number)"
  }

  /// A group's name: its values, or `all`.
  static func group(_ values: [String?]) -> String {
    values.isEmpty ? "all" : values.map { $0 ?? "(not stated)" }.joined(separator: ", ")
  }
}
