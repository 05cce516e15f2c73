import EventLog
import FoundationEssentials

/// What somebody asks to be published: enough to make the same table again, years later.
///
/// Its ``text`` is canonical: equal requests have equal bytes. Recipient and purpose are no part of
/// it, for the table does not depend on them.
public struct ReleaseRequest: Codable, Hashable, Sendable {
  /// The name of the question; nil for a count of those who entered.
  public var question: String?
  /// The digest of the question's file.
  public var questionDigest: String?
  /// Values of the question's parameters that were chosen, as `name=value`.
  public var settings: [String]
  /// The row of a question that has several.
  public var row: String?
  /// The horizon, in units of the question's clock.
  public var horizon: Int?
  /// What people are grouped by.
  public var groupedBy: [String]
  /// The first and last day of the index event, as `2026-01-01..2026-06-30`; nil for no bound.
  public var window: String?
  /// The reference day, as `2026-06-30`.
  public var referenceDay: String
  /// The number of records of the log that are known.
  public var logSize: UInt64
  /// The profile's name.
  public var profile: String
  /// The profile's version.
  public var profileVersion: Int
  /// The digest of the profile's file.
  public var profileDigest: String
  /// What lies between codes and totals, a line each: dimension, code, parent.
  public var hierarchy: [[String]]
  /// Whether a coarser table may take its place where it is not safe.
  public var mayCoarsen: Bool
  /// Cells that are printed all the same: the codes, then the reason; nil for none.
  public var waivers: [[String]]?
  /// What is said of each group; nil for how many people are in it.
  public var figure: ReleaseFigure?
  /// The number of the question that a mean or median is of.
  public var value: String?
  /// The times of a curve in units of its clock, from the coarsest steps to the finest.
  public var grid: [[Int]]?
  /// The unit of the clock that they count in.
  public var clock: String?

  /// Describes what is asked for.
  public init(
    question: String?, questionDigest: String?, settings: [String], row: String?, horizon: Int?,
    groupedBy: [String], window: String?, referenceDay: String, logSize: UInt64, profile: String,
    profileVersion: Int, profileDigest: String, hierarchy: [[String]], mayCoarsen: Bool,
    waivers: [[String]]? = nil
  ) {
    self.question = question
    self.questionDigest = questionDigest
    self.settings = settings
    self.row = row
    self.horizon = horizon
    self.groupedBy = groupedBy
    self.window = window
    self.referenceDay = referenceDay
    self.logSize = logSize
    self.profile = profile
    self.profileVersion = profileVersion
    self.profileDigest = profileDigest
    self.hierarchy = hierarchy
    self.mayCoarsen = mayCoarsen
    self.waivers = waivers
  }

  /// The request as one line of JSON with sorted keys.
  public var text: String { CanonicalJSON.text(self) }

  /// SHA-256 of the text, in hex: the same for the same request.
  public var digest: String { ContentDigest.hex(ContentDigest.sha256(Array(text.utf8))) }

  /// What is counted, whenever: tables of one topic are one table at several dates.
  public var topic: String {
    let counted = [question ?? "entries", row ?? "", horizon.map { String($0) } ?? ""]
    return (counted + [figure?.rawValue, value].compactMap(\.self)).joined(separator: "|")
  }
}

/// JSON that is the same for the same value.
enum CanonicalJSON {
  static func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Values of ours have only texts, numbers and lists, which always can be encoded.
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  static func value<Value: Decodable>(_ type: Value.Type, _ text: String) -> Value? {
    try? JSONDecoder().decode(type, from: Data(text.utf8))
  }
}
