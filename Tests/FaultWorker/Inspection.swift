import EventLog
import Files
import ProjectionEngine

/// `inspect`: whether there is a store, whether it holds, and what it says.
///
/// Prints `absent`, `refused WHY` or `sound SIZE ERASED DIGEST`.
func inspect(_ image: StoreImage) throws {
  guard image.exists else { return say("absent") }
  do {
    let log = try image.open(.read)
    let facts = try ImageCheck.facts(of: log)
    try Folder.remove("\(log.path)/views")
    let view = JourneysView(of: log)
    try view.refresh()
    say("sound \(facts.size) \(facts.erased) \(try view.digest())")
  } catch {
    say("refused \(error)")
  }
}
