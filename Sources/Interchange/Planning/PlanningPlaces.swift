import Synchronization

/// Portions of a file that are understood side by side, and what came of them.
///
/// Each place has a planner of its own, which remembers words from one portion to the next; what comes
/// of a portion does not depend on the place.
final class PlanningPlaces: Sendable {
  private struct Place: Sendable {
    var planner: PortionPlanner
    var portion = RowPortion()
    var steps: [PlanningStep] = []
  }

  /// A place of its own for each lock: an array cannot hold them.
  private final class Room: Sendable {
    let place: Mutex<Place>
    init(_ terms: PortionPlanner.Terms) { place = Mutex(Place(planner: PortionPlanner(terms))) }
  }

  private let rooms: [Room]

  init(_ count: Int, _ terms: PortionPlanner.Terms) {
    rooms = (0..<count).map { _ in Room(terms) }
  }

  /// Puts a portion into a place and gives back the one that stood there, emptied.
  func put(_ portion: consuming RowPortion, at index: Int) -> RowPortion {
    rooms[index].place.withLock { place in
      var old = place.portion
      place.portion = portion
      old.removeAll()
      return old
    }
  }

  /// Understands the portion in a place.
  func understand(_ index: Int) {
    rooms[index].place.withLock { $0.steps = $0.planner.steps(of: &$0.portion) }
  }

  /// What came of the portion in a place.
  func takeSteps(at index: Int) -> [PlanningStep] {
    rooms[index].place.withLock { place in
      defer { place.steps = [] }
      return place.steps
    }
  }
}
