import Journey

/// One event as it waits to be told: what, when, and when it goes on record.
struct Draft: Hashable, Sendable {
  var statement: Statement
  var day: Day
  var recordedAt: Int64
  var role: DraftRole
}

/// What a draft is to the draft at another place of the same journey.
enum DraftRole: Hashable, Sendable {
  case fact
  case correction(of: UInt16)
  case retraction(of: UInt16)
}
