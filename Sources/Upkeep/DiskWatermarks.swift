public import Files

/// When a disk is too full to go on as usual.
///
/// Below the first mark `doctor` warns; below the second nothing new is taken in, so that there is
/// room for what must still be possible: erasing, signing, shutting down. A share alone would be
/// absurd on a large disk, so the default marks are capped.
public struct DiskWatermarks: Sendable, Equatable {
  /// A limit of free space.
  public enum Mark: Sendable, Equatable {
    /// A share of the disk, at most so many bytes.
    case share(Double, atMost: UInt64)
    /// Bytes.
    case bytes(UInt64)

    /// Reads `20%`, `500MB`, `2GB` or a number of bytes; nil for anything else.
    ///
    /// `0` is a mark that is never reached.
    public init?(_ text: String) {
      let units: [(String, Double)] = [("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12)]
      if text.hasSuffix("%") {
        guard let number = Double(text.dropLast()), (0...100).contains(number) else { return nil }
        self = .share(number / 100, atMost: .max)
        return
      }
      let unit = units.first { text.uppercased().hasSuffix($0.0.uppercased()) }
      guard let number = Double(unit == nil ? text[...] : text.dropLast(2)),
        number >= 0, number * (unit?.1 ?? 1) < 1e18
      else { return nil }
      self = .bytes(UInt64(number * (unit?.1 ?? 1)))
    }

    /// The bytes that have to be free on a disk.
    public func bytes(of space: DiskSpace) -> UInt64 {
      switch self {
      case .bytes(let bytes): bytes
      case .share(let share, let most): min(most, UInt64(Double(space.total) * share))
      }
    }
  }

  /// How a disk stands.
  public enum Verdict: Sendable, Equatable {
    /// There is room.
    case roomy
    /// Somebody should make room.
    case low
    /// Nothing new is taken in.
    case full
  }

  /// Below this `doctor` warns.
  public var warning = Mark.share(0.2, atMost: 50_000_000_000)
  /// Below this nothing new is taken in.
  public var stop = Mark.share(0.05, atMost: 5_000_000_000)

  /// The default marks: 20 % and 5 %, at most 50 GB and 5 GB.
  public init() {}

  /// How a disk stands.
  public func verdict(_ space: DiskSpace) -> Verdict {
    if space.free < stop.bytes(of: space) { return .full }
    return space.free < warning.bytes(of: space) ? .low : .roomy
  }
}
