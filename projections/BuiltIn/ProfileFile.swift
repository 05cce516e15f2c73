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
  /// What happens to numbers of people.
  public let method: ProtectionMethod
  /// So many attributes group a table at most; nil for no bound.
  public let mostAttributes: Int?
  /// Only these attributes may group a table; nil for any.
  public let onlyBy: [String]?
  /// Whether the law that allows it has to be named.
  public let needsLegalBasis: Bool
  /// Whether whoever gets a table may not pass it on.
  public let isConfidential: Bool
  /// What tables are marked with; nil for nothing.
  public let mark: String?
  /// When rates, means, medians and curves may be printed; nil where only counts are released.
  public let figures: FigureRules?
  /// How many tables a recipient gets in a time; nil for no bound.
  public let quota: ReleaseQuota?
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
    let method = Self.method(reader)
    let most = reader.optional("most-attributes", Int.self)
    let onlyBy = reader.list("only-by", of: String.self)
    let needsLegalBasis = reader.optional("legal-basis", Bool.self, default: false)
    let isConfidential = reader.optional("confidential", Bool.self, default: false)
    let mark = reader.optional("mark", String.self)
    let figures = reader.has("figures") ? FigureRules(reader.table("figures")) : nil
    let quota = reader.has("quota") ? ReleaseQuota(reader.table("quota")) : nil
    let found = try reader.finish(format, name, version, en, de, source, approval, method)
    return PublicationProfile(
      name: found.1, version: found.2, sentence: LocalizedText(en: found.3, de: found.4),
      source: found.5, method: found.7, mostAttributes: most, onlyBy: onlyBy,
      needsLegalBasis: needsLegalBasis, isConfidential: isConfidential, mark: mark,
      figures: figures, quota: quota,
      approval: found.6,
      digest: ContentDigest.hex(ContentDigest.sha256(bytes)),
      text: String(decoding: bytes, as: UTF8.self))
  }

  /// The one table of the file that says what happens to numbers.
  private static func method(_ reader: TableReader) -> ProtectionMethod? {
    let tables = ["suppression", "cell-key", "rounding", "exact"].filter { reader.has($0) }
    guard tables.count == 1, let table = reader.table(tables[0]) else {
      if tables.count != 1 {
        reader.passOver()
        reader.report(
          "D-COMBINATION",
          LocalizedText(
            en: "A profile has one of [suppression], [cell-key], [rounding] and [exact].",
            de: "Ein Profil hat eines von [suppression], [cell-key], [rounding] und [exact]."))
      }
      return nil
    }
    switch tables[0] {
    case "suppression": return .suppression(rules(table))
    case "cell-key": return noise(table)
    case "rounding": return rounding(table)
    default: return .exact
    }
  }

  private static func noise(_ reader: TableReader) -> ProtectionMethod? {
    let largest = whole(reader, "largest", from: 1)
    let variance = reader.required("variance", Double.self)
    let forbidden = reader.has("never-printed") ? whole(reader, "never-printed", from: 0) : 0
    let minimum = whole(reader, "minimum", from: 1)
    guard let largest, let variance, let forbidden, let minimum else { return nil }
    guard variance > 0,
      let noise = try? NoiseTable(largest: largest, variance: variance, forbidden: forbidden)
    else {
      reader.report(
        "D-VALUE",
        LocalizedText(
          en: "No noise of at most \(largest) has the variance \(variance).",
          de: "Kein Rauschen bis \(largest) hat die Varianz \(variance)."))
      return nil
    }
    return .perturbation(Perturbation(.noise(noise), minimum: Int64(minimum)))
  }

  private static func rounding(_ reader: TableReader) -> ProtectionMethod? {
    let base = whole(reader, "base", from: 2)
    let way = reader.code("way", of: ["nearest", "random", "controlled"])
    let minimum = whole(reader, "minimum", from: 1)
    guard let base = base.map({ Int64($0) }), let way, let minimum else { return nil }
    let found: Perturbation.Way =
      switch way {
      case "nearest": .nearest(base: base)
      case "random": .random(base: base)
      default: .controlled(base: base)
      }
    return .perturbation(Perturbation(found, minimum: Int64(minimum)))
  }

  /// A whole number that is not too small.
  static func whole(_ reader: TableReader, _ name: String, from least: Int) -> Int? {
    guard let number = reader.required(name, Located<Int>.self) else { return nil }
    guard number.value >= least, number.value <= 1_000_000 else {
      reader.report(
        "D-VALUE",
        LocalizedText(
          en: "“\(name)” is a number from \(least) on.", de: "„\(name)“ ist eine Zahl ab \(least)."),
        at: number.range)
      return nil
    }
    return number.value
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
