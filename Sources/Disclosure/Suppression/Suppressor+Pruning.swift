/// Printing again what need not be hidden.
extension Suppressor {
  /// Prints hidden cells again, the largest first, where every object stays safe; says whether it
  /// printed any.
  mutating func prune(
    keepingNarrow: Bool, near: Set<Int>? = nil
  ) throws(DisclosureError) -> Bool {
    let narrow = keepingNarrow ? objects.compactMap(\.secondaryGroup) : []
    let kept = self.kept.union(narrow)
    let order = hidden.indices.filter {
      hidden[$0] && !kept.contains($0) && near?.contains($0) ?? true
    }
    .sorted { (-cost(of: $0), $0) < (-cost(of: $1), $1) }
    var auditor = Auditor(system, hidden: hidden, seen: provedPopulations())
    var (elimination, eliminated) = eliminationAsIs()
    var hasPrinted = false
    for group in order {
      // What follows exactly needs no program.
      if let object = elimination.follower(of: system.groups[group].classes) {
        needs[group] = eliminated[object]
        continue
      }
      auditor.setHidden(false, group: group)
      guard let changed = try renewedProofs(printing: group, &auditor) else {
        auditor.setHidden(true, group: group)
        continue
      }
      hidden[group] = false
      hasPrinted = true
      _ = elimination.print(system.groups[group].classes)
      for (index, proof) in changed { proofs[index] = proof }
    }
    // What is printed need not be uncertain.
    let open = objects.indices.filter { index in
      objects[index].secondaryGroup.map { hidden[$0] } ?? true
    }
    (objects, proofs) = (open.map { objects[$0] }, open.map { proofs[$0] })
    return hasPrinted
  }

  /// What elimination makes of everything printed, and the objects that it knows of: those that must
  /// not follow for anybody.
  private func eliminationAsIs() -> (Elimination, [ProtectedObject]) {
    let known = objects.filter { $0.knowing.isEmpty && $0.secondaryGroup == nil }
    var elimination = Elimination(
      objects: known.map(\.classes), classCount: system.truth.count)
    for group in printingOrder() where !hidden[group] {
      _ = elimination.print(system.groups[group].classes)
    }
    return (elimination, known)
  }

  /// The objects, those first that a group's printing is likely to give away: the one that needed it
  /// last time, then those that stand in one sum with it.
  private func order(after group: Int) -> [Int] {
    let near = neighbours[group]
    let last = needs[group].map { ($0.classes, $0.knowing) }
    var first: [Int] = []
    var second: [Int] = []
    var others: [Int] = []
    for (index, object) in objects.enumerated() {
      if let last, object.classes == last.0, object.knowing == last.1 {
        first.append(index)
      } else if object.group.map(near.contains) ?? false {
        second.append(index)
      } else {
        others.append(index)
      }
    }
    return first + second + others
  }

  /// New proofs where a printed group spoils the old ones, or nil when an object has none.
  private mutating func renewedProofs(
    printing group: Int, _ auditor: inout Auditor
  ) throws(DisclosureError) -> [(index: Int, proof: Auditor.Proof)]? {
    var changed: [(index: Int, proof: Auditor.Proof)] = []
    let isLarge = system.groups.count > Self.largestToImprove || isLong
    for index in order(after: group) {
      let object = objects[index]
      if let narrow = object.secondaryGroup, narrow == group || !hidden[narrow] { continue }
      // It holds with this group hidden, so it holds unless it changes it.
      if let proof = proofs[index], !proof.changes(group) { continue }
      guard case .safe(let proof) = try auditor.verdict(on: object, isTrial: isLarge) else {
        needs[group] = object
        return nil
      }
      changed.append((index, proof))
    }
    return changed
  }
}
