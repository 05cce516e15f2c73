import Glibc

/// Random bytes of the operating system, in one call for many.
///
/// The generator of the standard library asks the kernel for eight bytes at a time, which took a
/// tenth of the time of an import.
public enum SystemRandom {
  /// Bytes that nobody can predict.
  public static func bytes(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    for start in stride(from: 0, to: count, by: 256) {
      // A call gives at most 256 bytes, and those at once.
      let size = min(256, count - start)
      let code = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe buffer.baseAddress.map { unsafe getentropy($0 + start, size) } ?? 0
      }
      if code != 0 { return standard(count) }
    }
    return bytes
  }

  /// The slow way, for a kernel that refuses the other.
  private static func standard(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }
}
