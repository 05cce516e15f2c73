/// Why a bundle of records cannot be used.
public enum BundleProblem: Error, Equatable, Sendable {
  /// It is not a bundle, or bytes of it were changed or lost.
  case damaged
  /// It was written by a newer program.
  case newerVersion(UInt32)
  /// It is of another log.
  case otherOrigin(String)
  /// It continues another size than the log has: what lies between is missing.
  case gap(size: UInt64, from: UInt64)
  /// It continues another history: the root at its beginning is not that of the log.
  case otherHistory(size: UInt64)
  /// A record in it is not the next one of the log.
  case record(Position)
}
