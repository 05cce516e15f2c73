/// The fields of one event, in order of their tags.
public struct FieldSet: Hashable, Sendable {
  /// The stored entries, ascending by tag; only `Fields.attribute` may repeat.
  public private(set) var entries: [Entry]

  /// One field with its value.
  public struct Entry: Hashable, Sendable {
    /// The tag of the field.
    public let tag: UInt8
    /// The value.
    public let value: FieldValue

    /// Creates an entry.
    public init(tag: UInt8, value: FieldValue) {
      self.tag = tag
      self.value = value
    }
  }

  /// Creates an empty set.
  public init() { entries = [] }

  /// Creates a set from entries in any order; of a repeated tag all values are kept, in order.
  public init(_ entries: [Entry]) {
    self.entries = entries
    sort()
  }

  /// The value of a field, or nil when it is not stated.
  public subscript<Value>(field: Field<Value>) -> Value? {
    get { value(of: field.tag).flatMap { Value(fieldValue: $0) } }
    set { set(field.tag, newValue?.fieldValue) }
  }

  /// The stored value of a tag, the first when it repeats.
  public func value(of tag: UInt8) -> FieldValue? {
    for entry in entries where entry.tag == tag { return entry.value }
    return nil
  }

  /// Sets or removes the value of a tag.
  public mutating func set(_ tag: UInt8, _ value: FieldValue?) {
    entries.removeAll { $0.tag == tag }
    if let value { insert(Entry(tag: tag, value: value)) }
  }

  /// Adds one more value of a field that may repeat.
  public mutating func add<Value>(_ field: Field<Value>, _ value: Value) {
    insert(Entry(tag: field.tag, value: value.fieldValue))
  }

  /// Every value of a field that may repeat, in the order given.
  public func all<Value>(_ field: Field<Value>) -> [Value] {
    entries.filter { $0.tag == field.tag }.compactMap { Value(fieldValue: $0.value) }
  }

  private mutating func insert(_ entry: Entry) {
    let index = entries.firstIndex { $0.tag > entry.tag } ?? entries.count
    entries.insert(entry, at: index)
  }

  private mutating func sort() {
    // Few entries, mostly in order already: insertion keeps repeated tags stable.
    for i in entries.indices.dropFirst() {
      var j = i
      while j > 0 && entries[j - 1].tag > entries[j].tag {
        entries.swapAt(j - 1, j)
        j -= 1
      }
    }
  }
}
