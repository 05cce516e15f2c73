import EventLog
import Files
import Journey

/// Record keys of people in a file: what hangs on a person's id and a secret, and on nothing else.
struct RecordKeys {
  private let inner: [UInt8]
  private let outer: [UInt8]

  /// Reads the secret.
  ///
  /// - Throws: `Failure` for one that is too short to be one.
  init(secretFile path: String) throws {
    let secret = try Folder.contents(of: path)
    guard secret.count >= 32 else {
      throw Failure(
        .init(
          en: "\(path): A secret has at least 32 bytes; this one has \(secret.count).",
          de: "\(path): Ein Geheimnis hat mindestens 32 Byte, dieses \(secret.count)."),
        advice: .init(
          en: "Make one, and keep it: head -c 32 /dev/urandom > secret",
          de: "Eines machen und behalten: head -c 32 /dev/urandom > geheimnis"), .data)
    }
    self.init(secret: secret)
  }

  /// Keys under a secret.
  init(secret: [UInt8]) {
    // HMAC (RFC 2104) with SHA-256.
    let block = secret.count > 64 ? ContentDigest.sha256(secret) : secret
    let key = block + [UInt8](repeating: 0, count: 64 - block.count)
    inner = key.map { $0 ^ 0x36 }
    outer = key.map { $0 ^ 0x5C }
  }

  /// The key of whoever has an id.
  func key(_ id: String) -> UInt64 {
    ContentDigest.sha256(outer + ContentDigest.sha256(inner + Array(id.utf8))).prefix(8)
      .reduce(0) { $0 << 8 | UInt64($1) }
  }
}
