import ArgumentParser
import Disclosure
import EventLog
import Files
import Journey
import Presentation
import Projections
import Releases

/// `wegmarke protect`: hides cells of any table, or attacks a table that somebody protected.
struct Protect: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "protect",
    abstract: "Hides small cells of any CSV table so that they cannot be computed; needs no store.",
    discussion: """
      A row is a cell with its number, or, where there is no column of numbers, a person. With
      --audit the table is one that somebody else protected: every hidden cell is attacked.

      EXAMPLES
        wegmarke protect cells.csv --profile ministry -o published.csv --report steward.txt
        wegmarke protect people.csv --by gender,network --hierarchy networks.csv -o published.csv
        wegmarke protect cells.csv --known last-year.csv -o published.csv
        wegmarke protect people.csv --profile adhoc --id number --secret secret -o published.csv
        wegmarke protect --audit published.csv --profile ba3
      """, aliases: ["schuetzen"])

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("A CSV file with a header line.", valueName: "table.csv"))
  var table: String
  @OptionGroup var options: ProtectOptions
  @Option(
    help: ArgumentHelp("Rules, by name or path of a file.", valueName: "name"),
    completion: Completing.profiles)
  var profile = "ministry"
  @Flag(help: "Attack the table: say which hidden cells are known too exactly.")
  var audit = false
  @Flag(help: "With --audit: zeros may be among the hidden cells.")
  var zerosHidden = false
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("File for the table; standard output without.", valueName: "out.csv"))
  var output: String?
  @Option(
    help: ArgumentHelp(
      "File for the steward's report, with every hidden value.", valueName: "report.txt"))
  var report: String?
  @Option(
    help: ArgumentHelp(
      "CSV file of cells to print all the same: the dimensions' columns, and reason.",
      valueName: "w.csv"))
  var waivers: String?
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A table of the same people that is out already; may be repeated.", valueName: "released.csv")
  )
  var known: [String] = []
  @Option(
    help: ArgumentHelp(
      "File with at least 32 secret bytes, for profiles that move numbers.", valueName: "file"))
  var secret: String?
  @OptionGroup var replacing: ReplaceOptions

  func run() throws {
    let profile = try ProfileLibrary.find(profile)
    if audit { try attackTable(profile) } else { try protectTable(profile) }
  }

  private func protectTable(_ profile: PublicationProfile) throws {
    let inputs = [table] + [waivers, secret].compactMap(\.self) + known
    let target = try replacing.file(output, besides: inputs)
    let stewards = try replacing.file(report, besides: inputs)
    let input = try ProtectInput(path: table, options: options, mayHide: false)
    let protected = try protected(input, profile)
    guard protected.isSafe else {
      let names = protected.narrow.joined(separator: "; ")
      throw Failure(
        .init(
          en: "The table is not safe: this would be known too exactly: \(names)",
          de: "Die Tabelle ist nicht geheimhaltungsfest, dies wäre zu genau bekannt: \(names)"),
        advice: .init(
          en: "Use coarser categories, or fewer dimensions. Nothing was written.",
          de: "Gröber gliedern oder weniger Merkmale nehmen. Geschrieben ist nichts."), .data)
    }
    let bytes = PublishedFile.csv(
      input.shape, printed: protected.printed, countName: input.countName)
    let page = ProtectionPage(
      profile: profile, file: table, protected: protected, digest: digest(bytes),
      proof: digest(Array(protected.certificates.utf8)))
    let console = global.console
    if let stewards {
      let text = Array(page.steward(console.language, style: .plain).utf8)
      try stewards.write(text)
    }
    if let target {
      try target.write(bytes)
      try console.print(page.summary(console.language))
    } else {
      try console.print(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// The table as the profile, and what is known already, make it.
  private func protected(
    _ input: ProtectInput, _ profile: PublicationProfile
  ) throws -> ProtectedCells {
    try profile.check(attributes: input.shape.dimensions.map(\.name))
    if waivers != nil, !profile.hidesCells { throw Failure.noWaivers(profile.name) }
    let columns = input.shape.dimensions.map(\.name)
    let waivers = try waivers.map { try WaiverFile(path: $0, columns: columns).waivers } ?? []
    do {
      switch profile.method {
      case .suppression(let rules) where known.isEmpty:
        return ProtectedCells(
          try Disclosure.protect(try input.countTable(), by: rules, waivers: waivers))
      case .suppression(let rules):
        guard rules.zerosArePrinted else {
          throw ReleaseError.hideableZeros(profile: profile.name)
        }
        let tables = try KnownTables(input, paths: known, options: options, rules: rules)
        return ProtectedCells(
          try Disclosure.protect(
            tables.people, topic: "", by: rules, after: tables.released, waivers: waivers))
      case .perturbation(let perturbation):
        let tables = try KnownTables(
          input, paths: known, options: options, rules: profile.method.rules)
        let key = try key(of: input, perturbation)
        return ProtectedCells(
          try perturb(
            tables.people, by: perturbation, topic: "", after: tables.released,
            key: key))
      case .exact:
        throw Failure(
          .init(
            en: "The profile \(profile.name) changes nothing: it is for wegmarke release.",
            de: "Das Profil \(profile.name) ändert nichts: Es ist für wegmarke release."), .usage)
      }
    } catch let error as ProtectionError {
      throw Failure(protection: error, shape: input.shape)
    }
  }

  /// The record key of whoever stands in a row; roundings that hang on numbers alone need none.
  private func key(
    of input: ProtectInput, _ perturbation: Perturbation
  ) throws -> (UInt64) -> UInt64 {
    if let people = input.people, let id = options.id {
      guard let secret else { throw Failure.noSecret }
      let keys = try RecordKeys(secretFile: secret)
      let texts = try people.texts(id)
      return { keys.key(texts[Int($0)]) }
    }
    switch perturbation.way {
    case .nearest, .controlled: return { _ in 0 }
    case .noise, .random: throw Failure.noSecret
    }
  }

  private func digest(_ bytes: [UInt8]) -> String {
    "sha256:" + ContentDigest.hex(ContentDigest.sha256(bytes))
  }

  private func attackTable(_ profile: PublicationProfile) throws {
    let input = try ProtectInput(path: table, options: options, mayHide: true)
    let published = PublishedTable(
      shape: input.shape, cells: input.cells, zerosArePrinted: !zerosHidden)
    let findings: [Finding]
    do {
      findings = try attack(published, minimum: profile.method.minimum)
    } catch { throw Failure(disclosure: error, shape: input.shape) }
    let console = global.console
    let narrow = findings.filter { !$0.isWideEnough }
    let hidden = input.cells.count { $0 == nil }
    let minimum = profile.method.minimum
    try console.print(
      LocalizedText(
        en: """
          \(table): \(hidden) hidden cells attacked, with \(minimum) as the smallest number.
          \(narrow.count) are known too exactly, \(findings.count { $0.lower == $0.upper }) of them exactly.

          """,
        de: """
          \(table): \(hidden) geheime Felder angegriffen, mit \(minimum) als Mindestzahl.
          \(narrow.count) sind zu genau bekannt, davon \(findings.count { $0.lower == $0.upper }) genau.

          """)(console.language))
    guard !narrow.isEmpty else { return }
    var page = TerminalTable(
      console.language == .english
        ? [.text("CELL", minimum: 20), .number("POSSIBLE")]
        : [.text("FELD", minimum: 20), .number("MÖGLICH")])
    for finding in narrow {
      let names = finding.cells.map { input.shape.name(of: $0) }
      page.append([TableCell(names.joined(separator: " + ")), TableCell(finding.range)])
    }
    try console.print(page.text(for: console.output))
    throw ExitCode(ExitStatus.problems.rawValue)
  }
}
