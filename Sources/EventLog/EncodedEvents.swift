import Files
import Journey
import Keyring

/// The events of a request, checked and encoded, in one piece of memory.
///
/// Between them stands what tells two requests with the same events apart, so that one digest over
/// all bytes says whether a request is the one that an idempotency key was used for.
struct EncodedEvents: Sendable {
  private(set) var bytes: [UInt8] = []
  /// Where each event stands, in the order of the request.
  private(set) var ranges: [Range<Int>] = []

  /// - Throws: `AppendError.event` for the first event that does not fit its schema.
  init(_ request: AppendRequest) throws(AppendError) {
    ranges.reserveCapacity(request.parts.reduce(0) { $0 + $1.events.count })
    bytes.reserveCapacity(ranges.capacity * 64)
    for part in request.parts {
      switch part.target {
      case .stream(let id):
        bytes.append(id.kind.rawValue)
        bytes.appendBigEndian(id.ref)
      case .admitted(let index):
        let id = (request.admitted[index].externalID ?? "").utf8
        bytes.append(0)
        bytes.appendBigEndian(UInt32(id.count))
        bytes += id
      }
      bytes.appendBigEndian(UInt32(part.events.count))
      for event in part.events {
        do { try event.check() } catch { throw .event(event, error) }
        let length = bytes.count
        bytes.appendBigEndian(UInt32(0))
        let start = bytes.count
        EventCodec.append(event, to: &bytes)
        bytes.setBigEndian(UInt32(bytes.count - start), at: length)
        ranges.append(start..<bytes.count)
      }
    }
  }
}
