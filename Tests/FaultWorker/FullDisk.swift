import EventLog
import Files

/// `full`: one program on a disk that fills up again and again, at ever other places.
///
/// A file takes all space but a little; events are appended until the disk is full; then the file
/// shrinks and the same request is appended by the same open log. Prints `point N TOLD` for each
/// time the disk was full, and `sound SIZE` at the end.
struct FullDisk {
  let image: StoreImage
  let ballast: String
  let points: Int
  let seed: UInt64

  init(_ words: Words) {
    image = StoreImage(folder: words.text("folder"))
    ballast = words.text("ballast")
    points = words.number("points", 200)
    seed = UInt64(words.number("seed", 1))
  }

  enum Surprise: Error {
    case otherThanFull(String)
    case never
    case size(UInt64, expected: UInt64)
  }

  func run() throws {
    var generator = Mixer(state: seed)
    let log = try image.open(.write(waitingAtMost: .zero))
    let filler = try File(ballast, .update)
    var stored = try log.size()
    for point in 0..<points {
      // Up to 120 KB are left, so that the disk is full in another call each time.
      try fill(filler, leaving: Int(generator.next() % 30) * 4096)
      var round = 0
      while true {
        let request = try MadeUp.request(
          "\(point)-\(round)", events: 1 + Int(generator.next() % 60))
        do throws(AppendError) {
          stored += UInt64(try log.append(request).count)
        } catch {
          guard case .log(let reason) = error, reason.isDiskFull else {
            throw Surprise.otherThanFull("\(error)")
          }
          guard try log.size() == stored else {
            throw Surprise.size(try log.size(), expected: stored)
          }
          try filler.truncate(to: 0)
          let again = try log.append(request)
          guard !again.isDuplicate else { throw Surprise.otherThanFull("stored after all") }
          stored += UInt64(again.count)
          break
        }
        round += 1
        if round > 400 { throw Surprise.never }
      }
      say("point \(point) \(round)")
      if point % 20 == 19 { try check(log, stored) }
    }
    try check(log, stored)
    say("sound \(stored)")
  }

  private func check(_ log: EventLog, _ stored: UInt64) throws {
    let facts = try ImageCheck.facts(of: log)
    guard facts.size == stored else { throw Surprise.size(facts.size, expected: stored) }
  }

  /// Writes until nothing more fits, then gives some bytes back.
  private func fill(_ file: borrowing File, leaving rest: Int) throws {
    var size = try file.size()
    for portion in [65_536, 4096] {
      let bytes = [UInt8](repeating: 1, count: portion)
      while true {
        do throws(FileError) { try file.write(bytes.span, at: size) } catch {
          guard error.isDiskFull else { throw error }
          break
        }
        size += portion
      }
    }
    try file.truncate(to: max(0, size - rest))
  }
}
