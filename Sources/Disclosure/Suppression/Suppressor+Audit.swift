/// The proof at the end, which the guarantee rests on.
extension Suppressor {
  private func isNew(_ object: ProtectedObject) -> Bool {
    object.group.map { new.contains($0) } ?? true
  }

  /// The exact interval of every object under the final pattern.
  func audit() throws(DisclosureError) -> SafePattern {
    var auditor = Auditor(system, hidden: hidden, seen: provedPopulations())
    let limits = PropagatedLimits(system, hidden: hidden)
    var findings: [SafePattern.Finding] = []
    let known = Set(objects.compactMap(\.secondaryGroup))
    let others = hidden.indices.filter {
      hidden[$0] && !primaries.contains($0) && !known.contains($0) && !aside.contains($0)
    }
    for object in objects + others.map({ secondary($0, minimum: minimum ?? 1) }) {
      // Of what was released before, the intervals have their width; that is all there is to say.
      if !isNew(object), case .safe(let proof) = try auditor.verdict(on: object) {
        findings.append(.init(object: object, proof: proof))
      } else {
        findings.append(
          .init(object: object, proof: try auditor.interval(of: object, within: limits)))
      }
    }
    return SafePattern(
      hidden: hidden, primaries: primaries, findings: findings, needs: needs)
  }
}
