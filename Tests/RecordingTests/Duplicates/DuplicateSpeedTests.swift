import EventLog
import Journey
import TestSupport
import Testing

@testable import Recording

@Suite("What makes the search for duplicates fast")
struct DuplicateSpeedTests {
  private func word(_ letters: String, _ lengths: ClosedRange<Int>, _ random: inout SeededGenerator)
    -> String
  {
    String(
      (0..<Int.random(in: lengths, using: &random)).map { _ in
        letters.randomElement(using: &random) ?? "a"
      })
  }

  @Test("counts letters by bits as a table of all pairs of letters counts them")
  func bits() {
    var random = SeededGenerator(seed: 31)
    for _ in 0..<20_000 {
      let letters = random.pick(["ab", "abc", "abcdefghijklmnopqrstuvwxyz"])
      let lengths = random.pick([1...4, 1...12, 55...64])
      var words = (0..<2).map { _ in word(letters, lengths, &random) }
      if random.chance(50) {
        // The same but for neighbours that were swapped, and a letter.
        var changed = Array(words[0])
        for place in changed.indices.dropFirst() where random.chance(20) {
          changed.swapAt(place, place - 1)
        }
        if random.chance(50) { changed.remove(at: Int.random(in: changed.indices, using: &random)) }
        words[1] = String(changed)
      }
      let (one, other) = (words[0].utf8.span, words[1].utf8.span)
      guard let distance = WordEdits.distance(one, other) else {
        #expect(words.contains(""), "\(words)")
        continue
      }
      let likeness = 1 - Double(distance) / Double(max(one.count, other.count))
      #expect(likeness == NameLikeness.edits(words[0], words[1]), "\(words)")
    }
  }

  @Test("leaves words to the table that are too long or not of a to z")
  func others() {
    func distance(_ one: String, _ other: String) -> Int? {
      WordEdits.distance(one.utf8.span, other.utf8.span)
    }
    #expect(distance(String(repeating: "a", count: 65), "a") == nil)
    #expect(distance("a", String(repeating: "a", count: 65)) == 64)
    for word in ["", "a1", "A", "ä", "a b"] {
      #expect(distance(word, "abc") == nil && distance("abc", word) == nil, "\(word)")
    }
  }

  @Test("takes names of ASCII apart as it takes others apart")
  func ascii() {
    var random = SeededGenerator(seed: 32)
    for _ in 0..<5_000 {
      let name = word("abzABZ19 -'`^.,\t\r\n_", 0...14, &random)
      let words = FoldedName(name).words
      // A word of another script behind it has it go letter by letter.
      let others = FoldedName(name + " и").words
      #expect(words == others.dropLast() || words.isEmpty || others.count == 1, "\(name)")
      #expect(FoldedName.plainWords(name) == FoldedName.words(name), "\(name)")
    }
    #expect(FoldedName.plainWords("Zoë") == nil)
  }

  @Test("knows the last entry under each of many keys")
  func keys() {
    var random = SeededGenerator(seed: 33)
    var blocks = DuplicateBlocks()
    var naive: [Set<UInt64>] = []
    for _ in 0..<3_000 {
      // Keys near each other, zero among them, fall on neighbouring places.
      let keys = Set((0..<5).map { _ in UInt64.random(in: 0..<4_000, using: &random) << 3 })
      let expected = naive.indices.filter { !naive[$0].isDisjoint(with: keys) }
      #expect(blocks.sharing(Array(keys)) == expected)
      blocks.add(Array(keys))
      naive.append(keys)
    }
  }

  @Test("reads in portions on all cores what it reads one after the other")
  func portions() throws {
    try withTemporaryStore { store in
      var random = SeededGenerator(seed: 34)
      var refs: [ParticipantRef] = []
      for number in 0..<600 {
        var events = [JourneyEvent.at("2024-01-10", .participationEntered)]
        if !random.chance(10) {
          events.append(
            .at("2024-01-10", .identityRecorded)
              .with(Fields.personName, "Anna \(word("abcdef", 3...8, &random)) \(number)"))
        }
        refs.append(try store.admit("p:\(number)", events))
      }
      let clock = store.clock
      let recorder = Recorder(try store.log, by: .init(author: "anna"), now: { clock.now() })
      for (one, other) in [(3, 500), (260, 20), (599, 0)] {
        _ = try recorder.store(
          try recorder.planMerge(keeping: refs[one], absorbing: refs[other], reason: "same"))
      }
      for (one, other) in [(500, 7), (255, 256)] {
        _ = try recorder.store(try recorder.planDismissal(refs[one], refs[other], reason: "two"))
      }
      let log = try store.log
      let search = try DuplicateSearch(of: log)
      let plain = try RecordedNames(of: (0..<600).map { UInt32($0) }[...], in: log)
      #expect(search.identities.map(\.participant) == plain.found.map(\.participant))
      #expect(search.identities.map(\.name) == plain.found.map(\.name))
      #expect(search.identities.count > 400 && plain.heads.count == 3)
      #expect(search.dismissed == [[3, 7], [255, 256]])
    }
  }
}
