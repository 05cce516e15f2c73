/// A pattern of hidden groups with the proof that it protects.
struct SafePattern {
  /// An object with the interval in which it is known to lie.
  struct Finding {
    let object: ProtectedObject
    let proof: Auditor.Proof
  }

  let hidden: [Bool]
  let primaries: Set<Int>
  let findings: [Finding]
  /// For a hidden group that is not primary, an object that needs it.
  let needs: [Int: ProtectedObject]
}
