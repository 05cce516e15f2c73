import EventLog
import Files
import Journey
import Keyring

extension JourneysView {
  /// A digest of everything the journeys say, whatever the order in which the log was told.
  ///
  /// Covers, for each participant sorted by external id, the effective milestones with what is stated
  /// besides, and attributes by name and value; not positions, times, refs or nonces. Two stores that were told the same have
  /// the same digest. Hex of SHA-256.
  ///
  /// - Parameter size: The state of knowledge; nil for everything the log holds.
  public func digest(size: UInt64? = nil) throws(ViewError) -> String {
    do {
      let keyring = log.keyring
      let (halves, _) = try scan(size: size, reading: .details) { catalogue, next in
        var entries: [(id: String, digest: [UInt8])] = []
        let order = catalogue.columns.indices.sorted {
          catalogue.columns[$0].name.precedesByBytes(catalogue.columns[$1].name)
        }
        while let block = try next() {
          let first = block.firstRef
          let identities = try keyring.identities(of: first..<first + UInt32(block.count))
          for index in 0..<block.count where block.isKnown(index) || block.isLeftOut(index) {
            var bytes: [UInt8] = []
            for column in order {
              let number = block.value(of: column, participant: index)
              guard let value = catalogue.value(number, of: column) else { continue }
              bytes.appendCounted(catalogue.columns[column].name)
              bytes.appendCounted(value)
            }
            // No text is that long: here the milestones begin.
            bytes.appendBigEndian(UInt32.max)
            for row in Int(block.starts[index])..<Int(block.starts[index + 1]) {
              bytes.appendBigEndian(block.milestones[row])
              let details = block.details[row].content
              if details.isEmpty { continue }
              bytes.appendBigEndian(details.bits)
              bytes.appendBigEndian(details.name)
            }
            // No milestone is zero.
            if block.isLeftOut(index) { bytes.appendBigEndian(UInt64(0)) }
            entries.append((identities[index]?.externalID ?? "", ContentDigest.sha256(bytes)))
          }
        }
        return entries
      }
      let sorted = halves.flatMap { $0 }.sorted {
        $0.id.utf8.elementsEqual($1.id.utf8)
          ? $0.digest.lexicographicallyPrecedes($1.digest) : $0.id.precedesByBytes($1.id)
      }
      var all: [UInt8] = []
      for entry in sorted {
        all.appendCounted(entry.id)
        all += entry.digest
      }
      return ContentDigest.hex(ContentDigest.sha256(all))
    } catch { throw ViewError(wrapping: error) }
  }
}

extension [UInt8] {
  /// A text after its length, so that two texts never run into each other.
  fileprivate mutating func appendCounted(_ text: String) {
    appendBigEndian(UInt32(text.utf8.count))
    append(contentsOf: text.utf8)
  }
}

extension String {
  /// The order of bytes: the same on every system, and two different texts are never equal in it.
  fileprivate func precedesByBytes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}
