/// Finds out how exactly everything can be known to whoever has several released tables.
///
/// The guarantee, looked at from outside: the same audit that each release had to pass, with all of
/// them printed as they were and nothing left to decide.
///
/// - Returns: a finding for everything that the releases hide or must not let follow.
/// - Throws: ``ProtectionError`` when a solver gives up, or rules do not fit the tables.
public func attack(_ released: [ReleasedTable]) throws(ProtectionError) -> [LinkedFinding] {
  guard let last = released.last else { return [] }
  let earlier = Array(released.dropLast())
  let linked = LinkedTables(last, and: earlier)
  let (printed, hidden, moved) = linked.answers(of: [last] + earlier, from: 0)
  let objects: [ProtectedObject]
  do {
    objects = try LinkedObjects(
      linked: linked, rules: last.rules, topic: last.topic, released: earlier, printed: printed
    ).all()
  } catch { throw .rules(error) }
  let minimum = released.map(\.rules.minimum).max()
  let pattern: SafePattern
  do {
    pattern = try Suppressor(
      linked.system, objects: objects, forced: printed, fixed: hidden, aside: moved,
      minimum: last.rules.minimum,
      groupMinimum: minimum
    ).auditAsIs()
  } catch { throw .suppression(error) }
  let ceiling = AttackerProgram.ceiling(of: linked.system)
  return pattern.findings.map { LinkedFinding($0, linked, ceiling: ceiling) }
}
