import Keyring

extension EventLog {
  /// Checks the whole log in one pass and reports everything that is wrong with it.
  ///
  /// Records: checksum, dense positions, recorded times that never fall, stream versions without a
  /// gap and their back pointers, participants that the store counts. Tree: every leaf hash, every
  /// tile of a higher level, and the root, computed anew from the records. Tables: heads of
  /// streams, idempotency keys, the index of participants, checkpoints signed so far.
  ///
  /// Reads in batches of one short snapshot each, so others may write meanwhile; the tables are
  /// compared in the same snapshot in which the last record was read. What is wrong is reported,
  /// never repaired.
  ///
  /// - Parameters:
  ///   - deep: Also open every seal on both cores, decode every event, check it against its schema,
  ///     and open every identity.
  ///   - progress: Called after every batch with the records done and the records there are.
  /// - Throws: `LogError` when the log cannot be read at all, or `deep` is asked of a role's keys.
  /// - Complexity: O(records); some 13 bytes of memory for every participant.
  public func verify(
    deep: Bool, progress: (UInt64, UInt64) -> Void = { _, _ in }
  ) throws(LogError) -> VerificationReport {
    if deep {
      // A seal that stays shut because a key is missing would look like one that holds.
      do throws(KeyringError) { try keyring.require([.administration]) } catch {
        throw .keys(error)
      }
    }
    return try image.verify(deep: deep, progress: progress)
  }
}
