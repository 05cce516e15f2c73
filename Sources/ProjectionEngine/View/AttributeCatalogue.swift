import Journey

/// The attributes of participants that questions can group and filter by, with their values.
///
/// Names and values are numbered in the order in which the view met them; numbers never change.
/// Value 0 means that nothing is stated.
public struct AttributeCatalogue: Sendable, Equatable {
  /// One attribute.
  public struct Column: Sendable, Equatable {
    /// The name: a field's name, or one that a mapping gave.
    public let name: String
    /// The values by number, from 1.
    public internal(set) var values: [String]
  }

  /// The attributes by number.
  public private(set) var columns: [Column] = []
  private var numbers: [ExactText: Int] = [:]
  private var valueNumbers: [[ExactText: UInt16]] = []

  /// The number of a value when an attribute has more different ones than can be told apart.
  public static let tooMany = UInt16.max
  static let valueLimit = 65_000

  /// Creates an empty catalogue.
  public init() {}

  /// The number of an attribute, or nil when no participant has it.
  public func number(of name: String) -> Int? { numbers[ExactText(name)] }

  /// The value behind a number.
  public func value(_ number: UInt16, of column: Int) -> String? {
    guard number > 0, Int(number) <= columns[column].values.count else { return nil }
    return columns[column].values[Int(number) - 1]
  }

  mutating func add(_ name: String) -> Int {
    if let known = numbers[ExactText(name)] { return known }
    numbers[ExactText(name)] = columns.count
    columns.append(Column(name: name, values: []))
    valueNumbers.append([:])
    return columns.count - 1
  }

  mutating func add(_ value: String, to column: Int) -> UInt16 {
    if let known = valueNumbers[column][ExactText(value)] { return known }
    guard columns[column].values.count < AttributeCatalogue.valueLimit else {
      return AttributeCatalogue.tooMany
    }
    columns[column].values.append(value)
    let number = UInt16(columns[column].values.count)
    valueNumbers[column][ExactText(value)] = number
    return number
  }

  /// Takes in another catalogue; gives its columns' new numbers, each with those of its values.
  mutating func take(in other: AttributeCatalogue) -> [(column: UInt16, values: [UInt16])] {
    other.columns.map { column in
      let number = add(column.name)
      return (UInt16(number), [0] + column.values.map { add($0, to: number) })
    }
  }

  /// Of every column whether its latest value counts.
  var isLatestCounted: [Bool] { columns.map { AttributeCatalogue.latestCounts.contains($0.name) } }

  /// Attributes whose latest value counts; of all others the value at first entry is kept.
  private static let latestCounts: Set<String> = [
    Fields.network.name, Fields.subproject.name, Fields.advisor.name,
  ]
}

/// A text that equals only the same bytes.
///
/// Swift takes composed and decomposed letters for equal; a catalogue that did so would keep
/// whichever it met first, and two stores told the same in another order would differ.
private struct ExactText: Hashable, Sendable {
  let text: String
  init(_ text: String) { self.text = text }

  func hash(into hasher: inout Hasher) { hasher.combine(text) }

  static func == (left: ExactText, right: ExactText) -> Bool {
    left.text == right.text && left.text.utf8.elementsEqual(right.text.utf8)
  }
}

extension AttributeCatalogue {
  var encoded: [UInt8] {
    var text = ""
    for column in columns {
      text += "\(column.name.utf8.count) \(column.values.count)\n\(column.name)\n"
      for value in column.values { text += "\(value.utf8.count)\n\(value)\n" }
    }
    return Array(text.utf8)
  }

  init?(encoded bytes: [UInt8]) {
    self.init()
    var at = 0
    func line() -> String? {
      guard let end = bytes[at...].firstIndex(of: 10) else { return nil }
      defer { at = end + 1 }
      return String(decoding: bytes[at..<end], as: UTF8.self)
    }
    func text(_ length: Int) -> String? {
      guard length >= 0, length < bytes.count - at else { return nil }
      defer { at += length + 1 }
      return String(decoding: bytes[at..<at + length], as: UTF8.self)
    }
    while at < bytes.count {
      guard let head = line()?.split(separator: " "), head.count == 2,
        let length = Int(head[0]), let count = Int(head[1]), count >= 0, let name = text(length)
      else { return nil }
      let column = add(name)
      for _ in 0..<count {
        guard let length = line().flatMap({ Int($0) }), let value = text(length) else {
          return nil
        }
        _ = add(value, to: column)
      }
    }
  }
}
