import Crypto
import CryptoExtras
import FoundationEssentials

/// How a key is made of a passphrase: scrypt (RFC 7914) with its parameters, which the file of the
/// key states.
///
/// Whoever stole the file has to spend `128 · N · r` bytes of memory and about `4 · N · r` rounds of
/// Salsa20/8 for every guess: 128 MiB with ``standard``.
struct PassphraseCost: Sendable, Equatable {
  /// The cost N, a power of two.
  var rounds: Int
  /// The block size r.
  var blockSize: Int
  /// The parallelisation p.
  var parallelism: Int

  /// N = 2^17, r = 8, p = 1: 128 MiB and a good half second for every guess on one core.
  static let standard = PassphraseCost(rounds: 1 << 17, blockSize: 8, parallelism: 1)

  /// Whether a file may ask for this: a forged one must not take all memory or all day.
  var isAcceptable: Bool {
    rounds >= 1 << 14 && rounds <= 1 << 21 && rounds & (rounds - 1) == 0
      && (1...16).contains(blockSize) && (1...4).contains(parallelism)
      && 128 * rounds * blockSize <= 1 << 31
  }

  /// Bytes of a salt.
  static let saltSize = 16

  /// The key of a passphrase and a salt.
  ///
  /// - Throws: `KeyringError.passphraseUnusable` when the memory for it is not there.
  func key(_ passphrase: [UInt8], salt: [UInt8]) throws(KeyringError) -> SymmetricKey {
    do {
      return try KDF.Scrypt.deriveKey(
        from: passphrase, salt: salt, outputByteCount: 32, rounds: rounds, blockSize: blockSize,
        parallelism: parallelism)
    } catch { throw .passphraseUnusable }
  }
}
