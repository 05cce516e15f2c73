internal import CProcess

/// How freed memory is treated.
public enum MemoryReuse {
  /// Keeps what was freed for what is asked for next.
  ///
  /// A pass over everybody's journeys takes and frees the same few hundred kilobytes block after block;
  /// by default the library gives them back to the system each time, and the system clears every page
  /// again. Up to 32 MB at once, and 256 MB in each arena of the allocator, are kept; larger requests
  /// still go to the system and back.
  public static func keepFreedMemory() {
    wegmarke_keep_freed(32 << 20, 256 << 20)
  }
}
