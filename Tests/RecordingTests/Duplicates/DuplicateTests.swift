import EventLog
import Journey
import TestSupport
import Testing

@testable import Recording

@Suite("A folded name")
struct FoldedNameTests {
  @Test(
    "is the same whatever the case, the marks and the signs",
    arguments: [
      ("Müßig-Özil", "muessig oezil"), ("MU\u{308}ßIG Özil", "Muessig  Oezil"), ("José", "jose"),
      ("O’Connor", "oconnor"), ("Nguyễn Thị", "nguyen thi"), ("ʿAlī al-Ḥasan", "Ali Hasan"),
      ("Şükrü", "suekrue"), ("Søren", "Soren"), ("Łukasz", "lukasz"),
      (" Anna,  Maria ", "anna maria"), ("O'Connor^ `d3e`\r\nX", "oconnor d e x"),
    ])
  func folding(left: String, right: String) {
    #expect(FoldedName(left).words == FoldedName(right).words)
  }

  @Test(
    "sounds the same in spellings that come from another script",
    arguments: [
      ["Mohamed", "Muhammad", "Mohammed", "Mohamad"], ["Youssef", "Yusuf", "Jusuf"],
      ["Ahmad", "Ahmed"], ["Hussein", "Hossain", "Husayn"],
      ["Oleksandr", "Aleksander", "Alexandr"],
      ["Djamila", "Dschamila"], ["Khaled", "Chalid", "Khalid"], ["Schmidt", "Schmitt", "Schmid"],
      ["Meier", "Mayer", "Maier"], ["Philipp", "Filip"], ["Fatima", "Fatma"],
      ["Özdemir", "Oezdemir"],
      ["Abd al-Rahman", "Abdul Rahman", "Abdurrahman", "Abdel Rahman", "Abdulrahman"],
      ["Abdelkader", "Abdul Qadir", "Abd el Kader"],
    ])
  func sounds(spellings: [String]) {
    let keys = Set(spellings.map { FoldedName($0).sounds })
    #expect(keys.count == 1, "\(keys)")
  }

  @Test(
    "sounds another than other names",
    arguments: [("Omar", "Amina"), ("Hassan", "Hussam"), ("Anna", "Hanna"), ("Karl", "Carlo B")])
  func differs(left: String, right: String) {
    #expect(FoldedName(left).sounds != FoldedName(right).sounds)
  }

  @Test("keeps letters of other scripts, and particles where nothing else is there")
  func others() {
    #expect(FoldedName("محمد علي").words == ["محمد", "علي"])
    #expect(FoldedName("van der").words == ["van", "der"])
    #expect(FoldedName("").words.isEmpty)
  }

  @Test("is found by the beginning of its words, and by their sound, in any order")
  func search() {
    let name = FoldedName("Fatima Müller-Öztürk")
    for text in ["müll", "muller", "oeztuerk fati", "Fatma", "OZTURK"] {
      #expect(name.matches(FoldedName(text)), "\(text)")
    }
    for text in ["meier", "fatima meier", ""] {
      #expect(!name.matches(FoldedName(text)), "\(text)")
    }
    for text in ["rahman", "abdul", "abd", "Abdulrahman"] {
      #expect(FoldedName("Abdurrahman Test").matches(FoldedName(text)), "\(text)")
    }
    #expect(FoldedName("Abdi Hassan").words == ["abdi", "hassan"])
  }
}

@Suite("A pair that may be one person")
struct DuplicateScoreTests {
  private func identity(
    _ ref: UInt32, _ name: String, _ birth: String?, _ postcode: String? = nil
  ) -> KnownIdentity {
    KnownIdentity(
      participant: ParticipantRef(ref), name: name,
      birthDate: birth.flatMap { try? CivilDate.parse($0) }, postcode: postcode)
  }

  private func suggestion(
    _ left: (String, String?, String?), _ right: (String, String?, String?)
  ) -> DuplicateSuggestion? {
    DuplicateScore.suggestion(
      identity(2, left.0, left.1, left.2), identity(1, right.0, right.1, right.2))
  }

  @Test("is suggested with its reasons")
  func reasons() throws {
    let same = try #require(
      suggestion(("Muhammad Ali", "1990-03-04", "26121"), ("Ali, Muhammad", "1990-03-04", "26121")))
    #expect(same.score == 100 && same.reasons == [.sameName, .sameBirth, .samePostcode])
    #expect(same.participants.map(\.number) == [1, 2])
    let alike = try #require(
      suggestion(("Mohamed Ali", "1990-03-04", nil), ("Muhammad Aly", "1990-04-03", nil)))
    #expect(alike.reasons == [.similarName, .swappedBirth] && (75...95).contains(alike.score))
    let slip = try #require(
      suggestion(("Anna Weber", "1990-03-04", "1"), ("Anna Weber", "1990-03-05", "2")))
    #expect(slip.reasons == [.sameName, .nearBirth, .otherPostcode])
    let unknown = try #require(
      suggestion(("Anna Weber", nil, "1"), ("Anna Weber", "1990-03-05", "1")))
    #expect(unknown.reasons == [.sameName, .unknownBirth, .samePostcode])
    let guessed = try #require(
      suggestion(("Anna Weber", "1990-01-01", nil), ("Anna Weber", "1990-07-05", nil)))
    #expect(guessed.reasons == [.sameName, .coarseBirth])
    #expect(suggestion(("Anna Weber", "1990", nil), ("Anna Weber", "1990-07-05", nil)) != nil)
  }

  @Test("is not suggested for people who merely share something")
  func others() {
    // Another year and another day: however alike the names are.
    #expect(suggestion(("Anna Weber", "1990-03-04", "1"), ("Anna Weber", "1985-07-05", "1")) == nil)
    // Brothers: one family, two years.
    #expect(
      suggestion(("Ali Hassan", "1990-03-04", "1"), ("Omar Hassan", "1992-03-04", "1")) == nil)
    // Twins: one family, one day.
    #expect(
      suggestion(("Ali Hassan", "1990-03-04", "1"), ("Omar Hassan", "1990-03-04", "1")) == nil)
    #expect(suggestion(("Anna Weber", nil, nil), ("Anne Becker", nil, nil)) == nil)
    #expect(suggestion(("", "1990-03-04", "1"), ("", "1990-03-04", "1")) == nil)
  }

  @Test("is found among many, once, unless somebody said that they are two")
  func search() {
    var random = SeededGenerator(seed: 7)
    func word() -> String {
      (0..<4).map { _ in random.pick(["ba", "ro", "mi", "su", "ke", "la", "no", "ti", "fe"]) }
        .joined()
    }
    var people = (0..<400).map { number in
      identity(UInt32(number), "\(word()) \(word())", "19\(10 + number % 80)-03-04")
    }
    let parts = people[3].folded.words
    people.append(identity(400, "\(parts[1]), \(parts[0])", "1913-03-04"))
    people.append(identity(401, "Muhammad Yusuf", "1999-01-01"))
    people.append(identity(402, "Youssef Mohamed", "1999-01-01"))
    let search = DuplicateSearch(people)
    let found = search.suggestions().map { $0.participants.map(\.number) }
    #expect(found.first == [3, 400] && found.contains([401, 402]) && found.count < 8, "\(found)")
    #expect(Set(found).count == found.count)
    let dismissed = DuplicateSearch(people, dismissed: [[401, 402]])
    #expect(!dismissed.suggestions().map { $0.participants.map(\.number) }.contains([401, 402]))
    #expect(search.find("yusuf").map(\.participant.number) == [401, 402])
  }

  @Test("is looked for among few of all pairs, though a fifth were born on 1 January")
  func work() {
    var random = SeededGenerator(seed: 11)
    var compared = 0
    var blocks = DuplicateBlocks()
    let syllables = ["ba", "do", "fi", "ke", "la", "mo", "ni", "ru", "se"]
    for number in 0..<8000 {
      let first = random.pick(["Mohamed", "Muhammad", "Ahmad", "Fatima", "Olena", "Anna", "Ali"])
      // A family name in a hundred is the same.
      let family =
        random.chance(1) ? "Ali" : (0..<4).map { _ in random.pick(syllables) }.joined()
      let day = random.chance(20) ? "01-01" : "0\(1 + number % 9)-\(10 + number % 19)"
      let keys = DuplicateBlocks.keys(
        of: identity(UInt32(number), "\(first) \(family)", "\(1960 + number % 45)-\(day)"))
      compared += blocks.sharing(keys).count
      blocks.add(keys)
    }
    #expect(compared < 8000 * 8000 / 2 / 30, "\(compared)")
  }

  @Test("meets everybody who shares a key once, in order")
  func blocks() {
    var blocks = DuplicateBlocks()
    for keys in [[1, 2], [2, 3], [4], [1, 2, 3]] as [[UInt64]] { blocks.add(keys) }
    #expect(blocks.sharing([1, 2, 3]) == [0, 1, 3])
    #expect(blocks.sharing([4, 9]) == [2] && blocks.sharing([9]).isEmpty)
    let born = identity(1, "Anna Weber", "1990-01-01")
    let other = identity(2, "Olena Petrenko", "1990-01-01")
    // On 1 January are those of whom nobody knows the day.
    #expect(Set(DuplicateBlocks.keys(of: born)).isDisjoint(with: DuplicateBlocks.keys(of: other)))
  }

  @Test(
    "counts changed letters, neighbours that were swapped as one",
    arguments: [
      ("anna", "anna", 1.0), ("anna", "anan", 0.75), ("anna", "", 0), ("weber", "wber", 0.8),
      ("weber", "veber", 0.8),
    ])
  func edits(left: String, right: String, likeness: Double) {
    #expect(abs(NameLikeness.edits(left, right) - likeness) < 1e-12)
    #expect(NameLikeness.edits(left, right) == NameLikeness.edits(right, left))
  }

  @Test("knows a word without its umlauts, as replacing the pairs one after the other gives it")
  func plain() {
    var random = SeededGenerator(seed: 21)
    for _ in 0..<2_000 {
      let word = String(
        (0..<Int.random(in: 1...9, using: &random)).map { _ in
          "aeouxи".randomElement(using: &random) ?? "a"
        })
      let expected = word.replacing("ae", with: "a").replacing("oe", with: "o")
        .replacing("ue", with: "u")
      #expect(FoldedName.Part(word).plain == expected, "\(word)")
    }
  }

  @Test("compares words of bytes as it compares words of any letters")
  func bytes() {
    var random = SeededGenerator(seed: 20)
    for _ in 0..<2_000 {
      let words = (0..<2).map { _ in
        String(
          (0..<Int.random(in: 2...9, using: &random)).map { _ in
            "abekmnor".randomElement(using: &random) ?? "a"
          })
      }
      let (left, right) = (FoldedName(words[0]), FoldedName(words[1]))
      guard left.parts.count == 1, right.parts.count == 1, left.words != right.words,
        left.parts[0].plain != right.parts[0].plain
      else { continue }
      let spelled = NameLikeness.edits(left.words[0], right.words[0])
      let isShort = min(left.words[0].count, right.words[0].count) < 4
      let soundsAlike = left.sounds == right.sounds && left.sounds[0].count >= 2
      let expected =
        soundsAlike ? max(0.9, spelled) : isShort ? spelled * 0.6 : spelled * spelled
      #expect(NameLikeness.of(left, right) == expected, "\(words)")
    }
  }
}
