public import Journey

/// How far the keys have followed the erasures of the log.
///
/// Written with every key epoch and sealed like a key of its ring: all erasures ordered by the first
/// `size` records of the log are carried out in these keys.
public struct KeyWatermark: Sendable, Hashable {
  /// Records of the log that were read for erasures.
  public let size: UInt64
  /// The first 24 bytes of the Merkle root over them: tells another history from a shorter one.
  public let root: [UInt8]

  /// Bytes of the root that are kept.
  public static let rootSize = 24

  /// A watermark at a size of the log.
  public init(size: UInt64, root: [UInt8]) {
    self.size = size
    self.root = Array(root.prefix(KeyWatermark.rootSize))
  }
}

/// What the next key epoch leaves behind: everything else survives.
public struct KeyRenewal: Sendable {
  /// Participants of the log; slots behind them belong to nobody and are not carried over.
  public var participants: UInt32
  /// Those whose keys end with this epoch.
  public var erasing: Set<UInt32>
  /// Field groups whose keys end with this epoch, for everyone, with the position of the event that
  /// ordered it.
  public var dropping: [FieldGroup: UInt64]
  /// How far the log was read for this.
  public var watermark: KeyWatermark

  /// A renewal that leaves nothing behind but the old epoch.
  public init(
    participants: UInt32, watermark: KeyWatermark, erasing: Set<UInt32> = [],
    dropping: [FieldGroup: UInt64] = [:]
  ) {
    self.participants = participants
    self.erasing = erasing
    self.dropping = dropping
    self.watermark = watermark
  }

  /// What a renewal carried over, and what it did not.
  public struct Outcome: Sendable, Hashable {
    /// The new epoch.
    public var epoch: UInt32
    /// Participants whose keys went over.
    public var kept: Int
    /// Participants without keys in the new epoch, those erased earlier among them.
    public var erased: Int
  }
}
