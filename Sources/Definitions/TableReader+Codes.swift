import Journey

extension TableReader {
  /// The value of a key that must be there and be one of the given names.
  public func code(_ name: String, of allowed: [String]) -> String? {
    guard let value = value(of: name, isRequired: true) else { return nil }
    return code(value, of: allowed)
  }

  /// The value of a key that may be missing but else must be one of the given names.
  public func optionalCode(_ name: String, of allowed: [String]) -> String? {
    guard let value = value(of: name, isRequired: false) else { return nil }
    return code(value, of: allowed)
  }

  /// The case of an enumeration that the value of a key names; the key must be there.
  public func code<Code: RawRepresentable & CaseIterable>(
    _ name: String, _ type: Code.Type
  ) -> Code? where Code.RawValue == String {
    code(name, of: type.allCases.map(\.rawValue)).flatMap { Code(rawValue: $0) }
  }

  /// The case of an enumeration that the value of a key names, if the key is there.
  public func optionalCode<Code: RawRepresentable & CaseIterable>(
    _ name: String, _ type: Code.Type
  ) -> Code? where Code.RawValue == String {
    optionalCode(name, of: type.allCases.map(\.rawValue)).flatMap { Code(rawValue: $0) }
  }

  /// A list of given names, each at most once; a missing key is an empty list.
  public func codes(_ name: String, of allowed: [String]) -> [String] {
    var codes: [String] = []
    for value in elements(name) ?? [] {
      guard let code = code(value, of: allowed) else { continue }
      if codes.contains(code) {
        report(
          "D-REPEATED-VALUE",
          LocalizedText(
            en: "“\(code)” stands in this list twice.",
            de: "„\(code)“ steht zweimal in dieser Liste."),
          at: value.range)
      } else {
        codes.append(code)
      }
    }
    return codes
  }

  private func code(_ value: DefinitionValue, of allowed: [String]) -> String? {
    guard let written = decode(value, as: String.self) else { return nil }
    if allowed.contains(written) { return written }
    let near = didYouMean(nearestName(to: written, among: allowed))
    let names = allowed.joined(separator: ", ")
    report(
      "D-UNKNOWN-CODE",
      LocalizedText(
        en: "Unknown value “\(written)”.\(near.en)",
        de: "Unbekannter Wert „\(written)“.\(near.de)"),
      hint: LocalizedText(en: "Allowed: \(names).", de: "Erlaubt: \(names)."), at: value.range)
    return nil
  }
}
