public import Definitions
public import Disclosure
import EventLog
public import Journey

/// How a table is protected before somebody receives it: a file of `projections/profiles`.
public struct PublicationProfile: Sendable {
  /// The name.
  public let name: String
  /// The version; another meaning needs another one.
  public let version: Int
  /// What it does, in one sentence.
  public let sentence: LocalizedText
  /// Where its numbers come from.
  public let source: String
  /// The rules for numbers of people.
  public let rules: CountRules
  /// Who has to agree before a table leaves the house.
  public let approval: Approval
  /// SHA-256 of the file's bytes, in hex.
  public let digest: String
  /// The whole file.
  public let text: String

  /// Who has to agree before a table leaves the house.
  public enum Approval: String, Sendable, CaseIterable {
    /// Nobody: the audit is enough.
    case automatic
    /// One person, by name.
    case steward
    /// Two people, by name.
    case fourEyes = "four-eyes"

    /// How many people have to agree.
    public var people: Int {
      switch self {
      case .automatic: 0
      case .steward: 1
      case .fourEyes: 2
      }
    }
  }
}

/// Reads files of `projections/profiles`.
public enum ProfileFile {
  /// The first line of such a file.
  public static let format = "wegmarke.profile/1"

  /// Reads a profile.
  ///
  /// - Throws: `DefinitionError` with everything that is wrong, each with its line and column.
  public static func read(
    _ bytes: [UInt8], file: String
  ) throws(DefinitionError) -> PublicationProfile {
    let reader = TableReader(try DefinitionDocument.parse(bytes: bytes, file: file))
    let format = reader.code("format", of: [ProfileFile.format])
    let name = reader.required("name", String.self)
    let version = reader.required("version", Int.self)
    let en = reader.required("en", String.self)
    let de = reader.required("de", String.self)
    let source = reader.required("source", String.self)
    let approval = reader.code("approval", of: PublicationProfile.Approval.allCases.map(\.rawValue))
      .flatMap(PublicationProfile.Approval.init)
    let rules = reader.table("suppression").map { Self.rules($0) }
    let found = try reader.finish(format, name, version, en, de, source, approval, rules)
    return PublicationProfile(
      name: found.1, version: found.2, sentence: LocalizedText(en: found.3, de: found.4),
      source: found.5, rules: found.7, approval: found.6,
      digest: ContentDigest.hex(ContentDigest.sha256(bytes)),
      text: String(decoding: bytes, as: UTF8.self))
  }

  private static func rules(_ reader: TableReader) -> CountRules {
    let minimum = reader.required("minimum", Int.self)
    if let minimum, minimum < 1 {
      reader.report(
        "D-VALUE",
        LocalizedText(
          en: "The minimum is at least 1.", de: "Die Mindestzahl ist wenigstens 1."))
    }
    let zeros = reader.code("zeros", of: ["printed", "hideable"])
    let singles = reader.optional("singles-know-their-cell", Bool.self, default: false)
    return CountRules(
      minimum: Int64(max(1, minimum ?? 1)), zerosArePrinted: zeros != "hideable",
      singlesKnowTheirCell: singles)
  }
}
