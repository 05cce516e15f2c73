public import Journey

/// Reads the keys of a table one by one, and notes everything that is wrong with them.
///
///     let reader = TableReader(document)
///     let name = reader.required("name", String.self)
///     let horizon = reader.optional("horizon", Int.self)
///     let unit = reader.code("unit", of: ["day", "month"])
///     let (title, clock) = try reader.finish(name, unit)
///
/// A missing or unfit key gives nil and a diagnostic, and reading goes on, so that a person sees
/// all mistakes of a file at once. ``finish()`` on the outermost reader throws them. A key that
/// nobody asked for is a mistake too; so ask for every key, also under conditions.
public final class TableReader {
  /// The table being read.
  public let table: DefinitionTable
  /// Where the table stands.
  public let range: SourceRange

  /// The file, as it was named.
  public var file: String { document.file }

  let document: DefinitionDocument
  private let findings: Findings
  private var askedFor: [String] = []
  private var readers: [TableReader] = []

  /// The diagnostics of a document, shared by the readers of all its tables.
  private final class Findings {
    var diagnostics: [Diagnostic] = []
  }

  /// Reads the outermost table of a document.
  public init(_ document: DefinitionDocument) {
    self.document = document
    table = document.root
    let start = SourcePosition(line: 1, column: 1)
    range = SourceRange(start: start, end: start)
    findings = Findings()
  }

  private init(_ table: DefinitionTable, range: SourceRange, within outer: TableReader) {
    document = outer.document
    self.table = table
    self.range = range
    findings = outer.findings
    outer.readers.append(self)
  }

  /// The value of a key that must be there.
  public func required<Value: DefinitionDecodable>(_ name: String, _ type: Value.Type) -> Value? {
    guard let value = value(of: name, isRequired: true) else { return nil }
    return decode(value, as: type)
  }

  /// The value of a key that may be missing.
  public func optional<Value: DefinitionDecodable>(_ name: String, _ type: Value.Type) -> Value? {
    guard let value = value(of: name, isRequired: false) else { return nil }
    return decode(value, as: type)
  }

  /// The value of a key, or another value when the key is missing or unfit.
  public func optional<Value: DefinitionDecodable>(
    _ name: String, _ type: Value.Type, default standard: Value
  ) -> Value {
    optional(name, type) ?? standard
  }

  /// Whether a key is there; it counts as asked for.
  public func has(_ name: String) -> Bool {
    value(of: name, isRequired: false) != nil
  }

  /// Notes a mistake that only the caller can see, at a place or at this table.
  public func report(
    _ code: String, _ message: LocalizedText, hint: LocalizedText? = nil,
    at place: SourceRange? = nil
  ) {
    findings.diagnostics.append(
      document.diagnostic(code, message, hint: hint, at: place ?? range))
  }

  /// Notes mistakes that a reader of one value found in it.
  public func report(_ diagnostics: [Diagnostic]) {
    findings.diagnostics += diagnostics
  }

  /// Ends the reading of this table and of all tables read through it.
  ///
  /// Throws ``DefinitionError`` with everything noted so far, and with every key that nobody asked
  /// for. Tables without a reader of their own are not looked into.
  public func finish() throws(DefinitionError) {
    noteUnknownKeys()
    if !findings.diagnostics.isEmpty { throw DefinitionError(findings.diagnostics) }
  }

  /// Ends the reading as ``finish()`` does and gives back the values, none of them nil.
  ///
  /// Pass only values that were required: the others may be nil without a mistake.
  public func finish<each Value>(
    _ values: repeat (each Value)?
  ) throws(DefinitionError) -> (repeat each Value) {
    try finish()
    func unwrapped<One>(_ value: One?) -> One {
      guard let value else { preconditionFailure("an optional value was passed to finish") }
      return value
    }
    return (repeat unwrapped(each values))
  }

  /// Counts every key as asked for: where a mistake leaves open which keys there may be.
  public func passOver() { markAllAskedFor() }

  // MARK: For the other readings

  /// The value of a key, which from now on counts as asked for.
  func value(of name: String, isRequired: Bool) -> DefinitionValue? {
    if !askedFor.contains(name) { askedFor.append(name) }
    if let value = table[name] { return value }
    if isRequired {
      report(
        "D-MISSING-KEY",
        LocalizedText(
          en: "The key “\(name)” is missing.", de: "Der Schlüssel „\(name)“ fehlt."))
    }
    return nil
  }

  func decode<Value: DefinitionDecodable>(
    _ value: DefinitionValue, as type: Value.Type
  ) -> Value? {
    guard let decoded = Value(value) else {
      reportKind(of: value, expected: type.expectation)
      return nil
    }
    return decoded
  }

  func reportKind(of value: DefinitionValue, expected: LocalizedText) {
    report(
      "D-TYPE",
      LocalizedText(
        en: "Expected \(expected.en), found \(value.kind.en).",
        de: "Erwartet: \(expected.de); gefunden: \(value.kind.de)."),
      at: value.range)
  }

  func reader(of value: DefinitionValue) -> TableReader? {
    guard case .table(let table) = value.content else {
      reportKind(of: value, expected: LocalizedText(en: "a table", de: "eine Tabelle"))
      return nil
    }
    return TableReader(table, range: value.range, within: self)
  }

  func markAllAskedFor() { askedFor = table.entries.map(\.key.name) }

  private func noteUnknownKeys() {
    for entry in table.entries where !askedFor.contains(entry.key.name) {
      let name = entry.key.name
      let missing = askedFor.filter { table[$0] == nil }
      let near = didYouMean(nearestName(to: name, among: missing))
      report(
        "D-UNKNOWN-KEY",
        LocalizedText(
          en: "Unknown key “\(name)”.\(near.en)",
          de: "Unbekannter Schlüssel „\(name)“.\(near.de)"),
        hint: near.en.isEmpty ? knownKeys : nil, at: entry.key.range)
      // A second call must not say the same again.
      askedFor.append(name)
    }
    for reader in readers { reader.noteUnknownKeys() }
  }

  private var knownKeys: LocalizedText? {
    guard !askedFor.isEmpty else { return nil }
    let names = askedFor.joined(separator: ", ")
    return LocalizedText(en: "Known here: \(names).", de: "Bekannt sind hier: \(names).")
  }
}
