import Files

extension Watchdog {
  /// Watches over something that reads so many records.
  ///
  /// Without progress for so much processor time a reader counts as stuck: `WEGMARKE_WATCHDOG`
  /// seconds, else 60 (0 waits for ever), and one more for every 10,000 records, because not every
  /// step says how far it is.
  init(records: UInt64) {
    self.init(
      seconds: Self.patience == 0 ? 0 : Self.patience + Int(min(records / 10_000, 1_000_000)))
  }

  private static let patience =
    Console.environment["WEGMARKE_WATCHDOG"].flatMap { Int($0) } ?? 60

  /// Does something that takes little time when all is well, under the limit.
  static func watching<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
    _ = Watchdog(records: 0)
    defer { Watchdog.lift() }
    return try body()
  }
}
