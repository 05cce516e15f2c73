import EventLog
import FoundationEssentials
import Journey
public import Statistics

/// Why a file is no answer that can be derived again.
public enum AnswerFileError: Error, Equatable, Sendable {
  /// It is not JSON.
  case notJSON
  /// It is JSON of another kind.
  case otherSchema(String)
  /// A newer program wrote it.
  case newerVersion(Int)
  /// A key is missing or has a value that no answer has.
  case badKey(String)
}

/// An answer, or the certificate of a file with figures, as somebody keeps it.
///
/// Reads schema `wegmarke.answer` and `wegmarke.certificate`, version 1; `docs/answer-json.md`
/// describes them.
public struct AnswerFile: Sendable {
  /// The file whose figures a certificate is about.
  public struct Result: Decodable, Sendable, Equatable {
    /// The form of the file: `csv`, `svg` for a chart, or `html` for a page.
    public let format: String
    /// Its name, without a folder.
    public let file: String
    /// SHA-256 of its bytes, in hex.
    public let digest: String
    /// The language of a chart or page: `en` or `de`; nil for figures.
    public let language: String?
    /// The command that a page names; nil for other files.
    public let command: String?
  }

  /// The question file that was asked.
  public struct Definition: Decodable, Sendable, Equatable {
    /// The name.
    public let name: String
    /// The version.
    public let version: Int
    /// SHA-256 of the text, in hex.
    public let digest: String
    /// The whole file.
    public let text: String
  }

  /// The state of the log that was asked.
  public struct Knowledge: Decodable, Sendable, Equatable {
    /// The log.
    public let origin: String
    /// The number of records known.
    public let size: UInt64
    /// Their Merkle root, in hex.
    public let root: String
    /// When the last of them was recorded, as text.
    public let recordedUntil: String?
    /// Whether people are made up.
    public let simulated: Bool
    /// The version of the program that answered.
    public let program: String
  }

  private struct Document: Decodable {
    let definition: Definition
    let parameters: Parameters
    let knowledge: Knowledge
    let digest: String
    let result: Result?
  }

  private struct Parameters: Decodable {
    let clock: String
    let gap: Int32?
    let rule: String?
    let by: [String]
    let windowFrom: String?
    let windowTo: String?
    let on: String
    let interval: String
    let level: Double
    let at: [Double]
    let set: [String: String]
    let lateRecords: String?
    let bounds: Bool?
    let responseBy: [String]?
  }

  /// The schemas that this program reads.
  public static let schemas = ["wegmarke.answer", "wegmarke.certificate"]
  private static let longestGap: Int32 = 100_000
  /// The largest whole number that every reader of JSON keeps exactly.
  private static let largestNumber = 9_007_199_254_740_991.0

  /// The question file.
  public let definition: Definition
  /// The state of the log.
  public let knowledge: Knowledge
  /// What was chosen.
  public let choices: QuestionDefinition.Choices
  /// How confidence limits were made.
  public let intervals: IntervalType
  /// The confidence level.
  public let level: Double
  /// The parameters that the question rested on, written as `exit-window=14d`.
  public let settings: [String]
  /// The digest that the document carries.
  public let digest: String
  /// The file with the figures; nil when the document holds them itself.
  public let result: Result?
  /// The whole document.
  public let content: JSONValue
  /// Whether the document is written as this program writes it, blanks apart.
  public let isCanonical: Bool

  /// Reads a document.
  ///
  /// - Throws: `AnswerFileError` when it is none, or of a newer version.
  public init(parsing bytes: [UInt8]) throws(AnswerFileError) {
    guard let content = try? JSONValue(parsing: bytes) else { throw .notJSON }
    guard case .text(let schema)? = content["schema"] else { throw .otherSchema("") }
    guard AnswerFile.schemas.contains(schema) else { throw .otherSchema(schema) }
    guard let version = content["schemaVersion"]?.number else { throw .badKey("schemaVersion") }
    guard version == 1 else { throw .newerVersion(Int(exactly: version) ?? 0) }
    let wholeNumbers = [
      ("knowledge", "size", AnswerFile.largestNumber),
      ("definition", "version", AnswerFile.largestNumber),
      ("parameters", "gap", Double(AnswerFile.longestGap)),
    ]
    for (table, key, limit) in wholeNumbers {
      guard let number = content[table]?[key]?.number else { continue }
      guard (0...limit).contains(number), number == number.rounded() else {
        throw .badKey("\(table).\(key)")
      }
    }
    let document: Document
    do {
      document = try JSONDecoder().decode(Document.self, from: Data(bytes))
    } catch { throw .badKey(AnswerFile.place(of: error)) }
    guard (document.result != nil) == (schema == "wegmarke.certificate") else {
      throw .badKey("result")
    }
    if let result = document.result {
      guard ["csv", "svg", "html"].contains(result.format) else { throw .badKey("result.format") }
      guard (result.format != "csv") == (result.language.flatMap(Language.init) != nil) else {
        throw .badKey("result.language")
      }
      guard (result.format == "html") == (result.command != nil) else {
        throw .badKey("result.command")
      }
    }
    definition = document.definition
    knowledge = document.knowledge
    digest = document.digest
    result = document.result
    self.content = content
    let written = (try? AnswerEncoding.bytes(of: content)) ?? []
    isCanonical = AnswerFile.withoutBlanks(written) == AnswerFile.withoutBlanks(bytes)
    let parameters = document.parameters
    settings = parameters.set.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var choices = try AnswerFile.choices(parameters)
    choices.horizons = parameters.at
    self.choices = choices
    // Intervals of shares are always Wilson's; there is nothing to choose.
    let interval = parameters.interval == "wilson" ? "log-log" : parameters.interval
    guard let intervals = IntervalType(rawValue: interval) else {
      throw .badKey("parameters.interval")
    }
    self.intervals = intervals
    level = parameters.level
    guard level > 0, level < 1 else { throw .badKey("parameters.level") }
    guard parameters.at.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw .badKey("parameters.at")
    }
  }

  /// The digest that the document should carry: of itself without the key.
  public var expectedDigest: String {
    get throws {
      var bare = content
      bare["digest"] = nil
      return ContentDigest.hex(ContentDigest.sha256(try AnswerEncoding.bytes(of: bare)))
    }
  }

  private static func choices(
    _ parameters: Parameters
  ) throws(AnswerFileError) -> QuestionDefinition.Choices {
    guard let clock = ClockUnit(rawValue: parameters.clock) else {
      throw .badKey("parameters.clock")
    }
    var choices = QuestionDefinition.Choices(
      referenceDay: try day(parameters.on, "parameters.on"))
    choices.clock = clock
    choices.groupedBy = parameters.by
    if let gap = parameters.gap {
      choices.gap = TimeLength(gap, clock)
    }
    if let text = parameters.lateRecords {
      guard let records = LateRecords(rawValue: text) else {
        throw .badKey("parameters.lateRecords")
      }
      choices.lateRecords = records
    }
    choices.bounds = parameters.bounds ?? false
    choices.responseBy = parameters.responseBy ?? []
    if let text = parameters.rule {
      guard let rule = GapRule(rawValue: text) else { throw .badKey("parameters.rule") }
      choices.rule = rule
    }
    switch (parameters.windowFrom, parameters.windowTo) {
    case (nil, nil): break
    case (let from?, let to?):
      let first = try day(from, "parameters.windowFrom")
      let last = try day(to, "parameters.windowTo")
      guard first <= last else { throw .badKey("parameters.windowTo") }
      choices.window = first...last
    default: throw .badKey("parameters.windowTo")
    }
    return choices
  }

  private static func day(_ text: String, _ key: String) throws(AnswerFileError) -> Day {
    guard let date = try? CivilDate.parse(text), date.precision == .day, text == "\(date.day)"
    else {
      throw .badKey(key)
    }
    return date.day
  }

  private static func place(of error: any Error) -> String {
    var path: [any CodingKey] = []
    switch error {
    case DecodingError.keyNotFound(let key, let context): path = context.codingPath + [key]
    case DecodingError.typeMismatch(_, let context): path = context.codingPath
    case DecodingError.valueNotFound(_, let context): path = context.codingPath
    case DecodingError.dataCorrupted(let context): path = context.codingPath
    default: break
    }
    return path.map(\.stringValue).joined(separator: ".")
  }

  /// The document without blanks and line ends outside its texts.
  private static func withoutBlanks(_ bytes: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    var isText = false
    var isEscaped = false
    for byte in bytes {
      if !isText, [0x20, 0x0A, 0x0D, 0x09].contains(byte) { continue }
      kept.append(byte)
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = isText
      } else if byte == UInt8(ascii: "\"") {
        isText.toggle()
      }
    }
    return kept
  }
}

/// How answers and certificates are written: the same content gives the same bytes.
enum AnswerEncoding {
  /// Keys sorted, indented, without a last line feed.
  static func bytes(of document: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(document))
  }

  /// The same with its SHA-256 among its keys, and a last line feed.
  ///
  /// Put in rather than encoded with the rest: a curve by days and groups has megabytes, and their
  /// encoding would be the larger part of many an answer.
  static func adding(digest: String, to document: [UInt8]) -> [UInt8] {
    // Keys are sorted, and texts have no line ends: the key that follows is found by its line.
    let next = Array("\n  \"groups\" : ".utf8)
    guard let place = document.firstRange(of: next)?.lowerBound else {
      preconditionFailure("an answer without groups")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(document.count + 128)
    bytes += document[..<place]
    bytes += "\n  \"digest\" : \"\(digest)\",".utf8
    bytes += document[place...]
    bytes.append(10)
    return bytes
  }
}
