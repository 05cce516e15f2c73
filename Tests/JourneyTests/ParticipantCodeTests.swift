import Journey
import TestSupport
import Testing

@Suite("A participant code")
struct ParticipantCodeTests {
  @Test("is read back as it was written, in either case and with or without its prefix")
  func roundTrip() {
    for seed in UInt64(1)...4 {
      var random = SeededGenerator(seed: seed)
      for _ in 0..<2_000 {
        let code = ParticipantCode(randomBits: UInt32.random(in: .min ... .max, using: &random))
        let text = code.description
        #expect(text.utf8.count == 9 && text.hasPrefix("TN-"), "seed \(seed)")
        #expect(ParticipantCode(text) == code, "seed \(seed)")
        #expect(ParticipantCode(text.lowercased()) == code, "seed \(seed)")
        #expect(ParticipantCode(String(text.dropFirst(3))) == code, "seed \(seed)")
      }
    }
  }

  @Test("runs from the first to the last character of its alphabet")
  func ends() {
    #expect(ParticipantCode(randomBits: 0).description == "TN-222222")
    #expect(ParticipantCode(randomBits: 0x3FFF_FFFF).description == "TN-ZZZZZZ")
    #expect(ParticipantCode(randomBits: 1).description == "TN-222223")
    #expect(ParticipantCode(randomBits: 0xC000_0000) == ParticipantCode(randomBits: 0))
  }

  @Test("has no characters that are confused", arguments: ["0", "O", "1", "I", "o", "i"])
  func confusable(_ character: String) {
    for place in 0..<6 {
      var characters = Array(repeating: "A", count: 6)
      characters[place] = character
      #expect(ParticipantCode("TN-" + characters.joined()) == nil)
    }
  }

  @Test(
    "is refused in any other shape",
    arguments: [
      "", "TN-", "TN-AAAAA", "TN-AAAAAAA", "AAAAA", "TNAAAAAA", "TN AAAAAA", "TN-AAA-AAA",
      "TN-TN-AAAAAA", "TN-AAAAA ", " TN-AAAAAA", "TN-AAAAAÄ", "S-AAAAAA",
    ])
  func refused(_ text: String) {
    #expect(ParticipantCode(text) == nil)
  }

  @Test("is refused when letters only become plain ones by changing case")
  func ligatures() {
    #expect(ParticipantCode("TN-AAAAß") == nil)
  }
}
