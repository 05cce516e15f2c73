import Files
public import Journey
public import Keyring

/// Who read whose data, when, with what keys, and for what.
public struct AccessEntry: Sendable, Equatable {
  /// Whose data were read.
  public enum Subject: Sendable, Equatable {
    /// Those of these participants.
    case persons([ParticipantRef])
    /// Those of everybody, as figures that show nobody.
    case everybody
  }

  /// Who ran the program: the login name of the operating system.
  public var user: String
  /// The role whose key was used; nil for the root key.
  public var role: Role?
  /// The command, with its verb: `timeline`, `participants list`.
  public var command: String
  /// The field groups that were opened.
  public var groups: [FieldGroup]
  /// Whose data.
  public var subject: Subject

  /// Describes a reading.
  public init(
    user: String, role: Role?, command: String, groups: [FieldGroup], subject: Subject
  ) {
    self.user = user
    self.role = role
    self.command = command
    self.groups = groups
    self.subject = subject
  }

  /// Whether the entry is about a participant; figures over everybody are about nobody.
  public func names(_ ref: ParticipantRef) -> Bool {
    if case .persons(let refs) = subject { refs.contains(ref) } else { false }
  }
}

/// An entry as the access log keeps it.
public struct RecordedAccess: Sendable, Equatable {
  /// Its place in the access log, from 0.
  public let position: UInt64
  /// When it was written, in microseconds since 1970 UTC.
  public let recordedAt: Int64
  /// What it says.
  public let entry: AccessEntry
}

extension AccessEntry {
  private static let version: UInt8 = 1
  private static let block = 64

  /// As bytes: version u8, then user, role number u16, kind, holder and command, texts with their
  /// length in two bytes; groups as bits u8; 0 and the refs, or 1; zeros up to a multiple of 64.
  var encoded: [UInt8] {
    var bytes = [AccessEntry.version]
    func add(_ text: String) {
      let utf8 = Array(text.utf8.prefix(Int(UInt16.max)))
      bytes.appendBigEndian(UInt16(utf8.count))
      bytes += utf8
    }
    add(user)
    bytes.appendBigEndian(role?.number ?? 0)
    add(role?.kind.rawValue ?? "")
    add(role?.holder ?? "")
    add(command)
    bytes.append(groups.reduce(0) { $0 | 1 << $1.rawValue })
    switch subject {
    case .everybody: bytes.append(1)
    case .persons(let refs):
      bytes.append(0)
      bytes.appendBigEndian(UInt32(refs.count))
      for ref in refs { bytes.appendBigEndian(ref.number) }
    }
    let rest = bytes.count % AccessEntry.block
    if rest > 0 { bytes += [UInt8](repeating: 0, count: AccessEntry.block - rest) }
    return bytes
  }

  init?(encoded bytes: [UInt8]) {
    var reader = EntryReader(bytes)
    guard reader.byte() == AccessEntry.version, let user = reader.text(),
      let number = reader.number(2), let kind = reader.text(), let holder = reader.text(),
      let command = reader.text(), let groups = reader.byte(), let subject = reader.byte()
    else { return nil }
    self.user = user
    self.command = command
    self.groups = FieldGroup.allCases.filter { groups & 1 << $0.rawValue != 0 }
    self.role = nil
    if number > 0 {
      guard let kind = RoleKind(rawValue: kind) else { return nil }
      self.role = Role(number: UInt16(number), kind: kind, holder: holder)
    }
    if subject == 1 {
      self.subject = .everybody
    } else {
      guard let count = reader.number(4), let refs = reader.refs(count) else { return nil }
      self.subject = .persons(refs)
    }
  }
}

private struct EntryReader {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func byte() -> UInt8? { number(1).map { UInt8($0) } }

  mutating func number(_ size: Int) -> Int? {
    guard at + size <= bytes.count else { return nil }
    defer { at += size }
    return bytes[at..<at + size].reduce(0) { $0 << 8 | Int($1) }
  }

  mutating func text() -> String? {
    guard let count = number(2), at + count <= bytes.count else { return nil }
    defer { at += count }
    return String(decoding: bytes[at..<at + count], as: UTF8.self)
  }

  mutating func refs(_ count: Int) -> [ParticipantRef]? {
    guard at + count * 4 <= bytes.count else { return nil }
    defer { at += count * 4 }
    return (0..<count).map { ParticipantRef(bytes.bigEndian32(at: at + $0 * 4)) }
  }
}
