public import Journey

/// Why a payload is not an event this program can read.
public enum PayloadProblem: Error, Equatable, Sendable {
  /// The payload ends in the middle of a value.
  case truncated
  /// The type is not known: the event was written by a newer program.
  case unknownType(UInt16)
  /// The event's schema is newer than this program knows.
  case newerSchema(EventType, version: UInt16)
  /// A value is not of a kind this format has.
  case malformed
}

/// Events as bytes: version 1 of the payload encoding.
///
/// Type u16; date; then fields, each a varint key (tag × 4 + kind) and a value: kind 0 a zigzag
/// varint, kind 1 a text (varint length, UTF-8), kind 2 a date. A date is the varint of
/// zigzag(day) × 4 + precision. Key 0 ends the fields; zeros pad to a multiple of 16, so that the
/// length of a sealed record tells little.
public enum EventCodec {
  static let paddedTo = 16

  /// Encodes an event in the current schema version of its type.
  public static func encode(_ event: JourneyEvent) -> [UInt8] {
    var bytes = [UInt8]()
    bytes.reserveCapacity(48)
    append(event, to: &bytes)
    return bytes
  }

  /// Encodes an event behind other bytes.
  static func append(_ event: JourneyEvent, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(UInt8(event.type.rawValue >> 8))
    bytes.append(UInt8(event.type.rawValue & 0xFF))
    append(event.occurredOn, to: &bytes)
    for entry in event.fields.entries {
      let key = UInt64(entry.tag) << 2
      switch entry.value {
      case .integer(let number):
        append(key, to: &bytes)
        append(zigzag(number), to: &bytes)
      case .text(let text):
        append(key | 1, to: &bytes)
        append(UInt64(text.utf8.count), to: &bytes)
        bytes += text.utf8
      case .date(let date):
        append(key | 2, to: &bytes)
        append(date, to: &bytes)
      }
    }
    let remainder = (bytes.count - start) % paddedTo
    if remainder != 0 {
      for _ in remainder..<paddedTo { bytes.append(0) }
    }
  }

  /// Decodes an event written under any schema version up to today's.
  ///
  /// - Throws: `PayloadProblem` when the bytes are damaged or from a newer program.
  public static func decode(_ bytes: [UInt8], schema: UInt16) throws(PayloadProblem)
    -> JourneyEvent
  {
    guard bytes.count >= 3 else { throw .truncated }
    let raw = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
    guard let type = EventType(rawValue: raw) else { throw .unknownType(raw) }
    let current = type.schema.version
    guard schema <= current else { throw .newerSchema(type, version: schema) }
    var reader = PayloadReader(bytes, at: 2)
    let occurredOn = try reader.date()
    var entries: [FieldSet.Entry] = []
    entries.reserveCapacity(12)
    while let key = try reader.key() {
      guard let tag = UInt8(exactly: key >> 2) else { throw .malformed }
      let value: FieldValue =
        switch key & 3 {
        case 0: .integer(try reader.integer())
        case 1: .text(try reader.text())
        case 2: .date(try reader.date())
        default: throw .malformed
        }
      entries.append(FieldSet.Entry(tag: tag, value: value))
    }
    let event = JourneyEvent(type, on: occurredOn, FieldSet(entries))
    return schema == current ? event : Upcaster.upcast(event, from: schema)
  }

  private static func append(_ date: CivilDate, to bytes: inout [UInt8]) {
    append(zigzag(Int64(date.day.number)) << 2 | UInt64(date.precision.rawValue), to: &bytes)
  }

  private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private static func zigzag(_ number: Int64) -> UInt64 {
    UInt64(bitPattern: number << 1 ^ number >> 63)
  }
}

struct PayloadReader {
  let bytes: [UInt8]
  var at: Int

  init(_ bytes: [UInt8], at: Int) {
    self.bytes = bytes
    self.at = at
  }

  mutating func key() throws(PayloadProblem) -> UInt64? {
    guard at < bytes.count else { return nil }
    let key = try varint()
    return key == 0 ? nil : key
  }

  mutating func integer() throws(PayloadProblem) -> Int64 {
    let raw = try varint()
    return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
  }

  mutating func text() throws(PayloadProblem) -> String {
    guard let count = Int(exactly: try varint()), count <= bytes.count - at else {
      throw .truncated
    }
    defer { at += count }
    return String(decoding: bytes[at..<at + count], as: UTF8.self)
  }

  mutating func date() throws(PayloadProblem) -> CivilDate {
    let raw = try varint()
    let zigzag = raw >> 2
    let number = Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1)
    guard let day = Int32(exactly: number), let precision = Precision(rawValue: UInt8(raw & 3)),
      (Day.earliest.number...Day.latest.number).contains(day)
    else { throw .malformed }
    return CivilDate(Day(number: day), precision)
  }

  private mutating func varint() throws(PayloadProblem) -> UInt64 {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
      shift += 7
      if shift > 63 { throw .malformed }
    }
    throw .truncated
  }
}

/// Lifts events of earlier schema versions to today's.
enum Upcaster {
  /// The event as today's schema would state it; the corpus of encoded events proves each step.
  static func upcast(_ event: JourneyEvent, from version: UInt16) -> JourneyEvent {
    // Version 1 of a restriction said nothing of statistics, and figures went on counting.
    guard event.type == .processingRestricted, version < 2 else { return event }
    return event.with(Fields.statistics, .keep)
  }
}
