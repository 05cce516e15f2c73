import EventLog
import Journey

@testable import ProjectionEngine

/// Everything a journeys view says about everybody.
struct ViewReading: Equatable {
  var journeys = NaiveJourneys()

  init(_ view: JourneysView, size: UInt64? = nil) throws {
    let (halves, _) = try view.scan(size: size) { catalogue, next in
      var found: [(UInt32, NaiveJourneys.Person)] = []
      while let block = try next() {
        for index in 0..<block.count where block.isKnown(index) || block.isLeftOut(index) {
          let rows = Int(block.starts[index])..<Int(block.starts[index + 1])
          var person = NaiveJourneys.Person(milestones: Array(block.milestones[rows]))
          person.isLeftOut = block.isLeftOut(index)
          for (column, attribute) in catalogue.columns.enumerated() {
            let number = block.value(of: column, participant: index)
            person.attributes[attribute.name] = catalogue.value(number, of: column)
          }
          found.append((block.firstRef + UInt32(index), person))
        }
      }
      return found
    }
    for (ref, person) in halves.joined() {
      if journeys.people.updateValue(person, forKey: ref) != nil {
        throw Mismatch("participant \(ref) stands in the view twice", store: 2, model: 1)
      }
    }
  }
}
