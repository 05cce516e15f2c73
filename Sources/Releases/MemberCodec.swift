import Disclosure
import FoundationEssentials

/// Who is in which class of a table, as a text for the log.
///
/// For each member, ascending by id: the difference to the id before as a varint, then the class as
/// one; the whole in base64.
enum MemberCodec {
  static func encode(_ members: [TableMember]) -> String {
    var bytes: [UInt8] = []
    var last: UInt64 = 0
    for member in members {
      append(member.id - last, to: &bytes)
      append(UInt64(member.classNumber), to: &bytes)
      last = member.id
    }
    return Data(bytes).base64EncodedString()
  }

  /// Nil for a text that is no list of members in classes below a number.
  static func decode(_ text: String, classCount: Int) -> [TableMember]? {
    guard let bytes = Data(base64Encoded: text) else { return nil }
    var members: [TableMember] = []
    var at = bytes.startIndex
    func varint() -> UInt64? {
      var (number, shift): (UInt64, UInt64) = (0, 0)
      while at < bytes.endIndex, shift < 64 {
        let byte = bytes[at]
        at += 1
        number |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return number }
        shift += 7
      }
      return nil
    }
    var id: UInt64 = 0
    while at < bytes.endIndex {
      guard let step = varint(), let number = varint(), number < UInt64(classCount),
        members.isEmpty || step > 0, step <= UInt64.max - id
      else { return nil }
      id += step
      members.append(TableMember(counted: id, classNumber: Int(number)))
    }
    return members
  }

  private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
