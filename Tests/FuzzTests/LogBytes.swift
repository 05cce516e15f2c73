import Files
import Journey

@testable import EventLog

/// Readers of the log's own bytes and of proofs.
enum LogBytes {
  static func record(_ bytes: [UInt8]) throws {
    try decode(bytes)
    // A checksum keeps everything behind it from being tried, so it is made to fit, and so is the
    // length.
    guard bytes.count >= RecordHeader.size else { return }
    var mended = bytes
    mended[4] = RecordHeader.formatVersion
    mended.setBigEndian(UInt32(bytes.count - RecordHeader.size), at: 12)
    mended.setBigEndian(CRC32C.checksum(mended.span, from: 4), at: 0)
    try decode(mended)
  }

  private static func decode(_ bytes: [UInt8]) throws {
    guard let header = try? RecordFormat.decode(bytes.span), bytes[10] == 0, bytes[11] == 0 else {
      return
    }
    let again = RecordFormat.encode(header, payload: Array(bytes[RecordHeader.size...]))
    try FuzzFinding.unless(again == bytes, "a record written again is another")
  }

  /// The first byte is the schema version.
  static func payload(_ bytes: [UInt8]) throws {
    guard let schema = bytes.first,
      let event = try? EventCodec.decode(Array(bytes.dropFirst()), schema: UInt16(schema)),
      (try? event.check()) != nil
    else { return }
    let again = try EventCodec.decode(
      EventCodec.encode(event), schema: event.type.schema.version)
    try FuzzFinding.unless(again == event, "an event written again is another")
  }

  static func proof(_ bytes: [UInt8]) throws {
    guard let proof = try? ProofFile(parsing: bytes) else { return }
    try FuzzFinding.unless(Array(proof.text.utf8) == bytes, "a proof written again is another")
    _ = proof.check(key: nil, kept: proof.signed)
    guard let key = try? NoteKey(parsing: publishedKey) else { return }
    let problem = proof.check(key: key, kept: nil)
    try FuzzFinding.unless(problem != nil, "a proof holds that nobody made")
  }

  static func checkpoint(_ bytes: [UInt8]) throws {
    if let note = try? SignedNote(parsing: bytes) {
      try FuzzFinding.unless(Array(note.noteText.utf8) == bytes, "a note written again is another")
      if let key = try? NoteKey(parsing: publishedKey) { _ = note.verdict(of: key) }
    }
    guard let signed = try? SignedCheckpoint(parsing: bytes) else { return }
    try FuzzFinding.unless(
      Array(signed.text.utf8) == bytes && signed.checkpoint.text == signed.note.text,
      "a checkpoint written again is another")
  }

  static func key(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let key = try? NoteKey(parsing: text) else { return }
    try FuzzFinding.unless(key.text == text, "a key written again is another")
  }

  /// The key of the published example of signed notes.
  private static let publishedKey =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
}
