public import Journey

/// The order in which groups are shown: codes as their list has them, numbers by size, other words by
/// their letters, what is not stated last.
struct AttributeOrder: Sendable {
  /// Of every value of a group the places of its codes; empty where it has no list.
  private let places: [[String: Int]]

  /// The order of groups of these attributes.
  ///
  /// - Parameter conditions: The codes of the question's own groups, whose values come first.
  init(_ names: [String], conditions: [String] = []) {
    let lists = names.map { CodeListDescription.ofAttribute($0)?.entries.map(\.entry.code) ?? [] }
    places = ((conditions.isEmpty ? [] : [conditions]) + lists).map { codes in
      Dictionary(zip(codes, codes.indices)) { first, _ in first }
    }
  }

  /// Whether a group comes before another: value by value, what is not stated last.
  func precedes(_ left: [String?], _ right: [String?]) -> Bool {
    for (place, (a, b)) in zip(left, right).enumerated() where a != b {
      guard let a else { return false }
      guard let b else { return true }
      let codes = place < places.count ? places[place] : [:]
      return switch (codes[a], codes[b]) {
      case (let a?, let b?): a < b
      case (.some, nil): true
      case (nil, .some): false
      case (nil, nil): AttributeOrder.precedes(a, b)
      }
    }
    return false
  }

  /// Whether a word comes before another: numbers by size before words by their letters.
  static func precedes(_ left: String, _ right: String) -> Bool {
    switch (number(left), number(right)) {
    case (let a?, let b?) where a != b: a < b
    case (.some, nil): true
    case (nil, .some): false
    default: left < right
    }
  }

  // “nan” and “inf” are words here: NaN has no place in an order.
  private static func number(_ text: String) -> Double? {
    Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}

extension CodeListDescription {
  private static let ofProfile: [String: CodeListDescription] = Dictionary(
    EventType.entryProfileRecorded.schema.optional.compactMap { field in
      guard case .code(let list) = field.type else { return nil }
      return (field.name, list)
    }, uniquingKeysWith: { first, _ in first })

  /// The list that the codes of a grouping attribute are from; nil for numbers and words.
  ///
  /// - Parameter name: As `ask --by` takes it: `gender`, `residence@index`.
  public static func ofAttribute(_ name: String) -> CodeListDescription? {
    let name = name.hasSuffix("@index") ? String(name.dropLast(6)) : name
    return name == ResidenceClass.listName ? ResidenceClass.listDescription : ofProfile[name]
  }
}
