import TestSupport
import Testing

@testable import EventLog
@testable import Keyring

@Suite("A signed note")
struct SignedNoteTests {
  // The example of the documentation of Go's package sumdb/note.
  private static let goKey =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
  private static let goSeed = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
  private static let goText =
    "If you think cryptography is the answer to your problem,\n"
    + "then you don't know what your problem is.\n"
  private static let goNote =
    goText + "\n\u{2014} PeterNeumann "
    + "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
  // The example of C2SP signed-note, whose text has an empty line.
  private static let c2spNote =
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n"
    + "\n\u{2014} quasimodo.example/salvatore "
    + "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"

  @Test("of the published example is read, holds, and is written back byte for byte")
  func published() throws {
    let key = try NoteKey(parsing: Self.goKey)
    #expect(key.name == "PeterNeumann")
    #expect(ContentDigest.hex(key.id) == "c74f20a3")
    #expect(key.text == Self.goKey)
    let note = try SignedNote(parsing: Array(Self.goNote.utf8))
    #expect(note.text == Self.goText)
    #expect(note.verdict(of: key) == .valid)
    #expect(note.noteText == Self.goNote)
  }

  @Test("is signed with the signature of the published example")
  func signing() throws {
    let seed = try #require(ProofText.bytes(base64: Self.goSeed))
    #expect(seed.first == NoteKey.ed25519)
    let signer = try #require(SigningKey(seed: Array(seed.dropFirst())))
    let verifying = try #require(signer.verifyingKey)
    let key = try #require(NoteKey(name: "PeterNeumann", key: verifying))
    #expect(key.text == Self.goKey)
    let note = try SignedNote(Self.goText, by: key) { message throws(KeyringError) in
      try signer.sign(message)
    }
    #expect(note.noteText == Self.goNote)
  }

  @Test("may have empty lines in its text: the last one ends it")
  func emptyLines() throws {
    let note = try SignedNote(parsing: Array(Self.c2spNote.utf8))
    #expect(note.text.hasSuffix("sole:\n\ned è subito sera.\n"))
    #expect(note.signatures.map(\.name) == ["quasimodo.example/salvatore"])
    #expect(note.noteText == Self.c2spNote)
    #expect(note.verdict(of: try NoteKey(parsing: Self.goKey)) == .unsigned)
  }

  @Test("with any bit of text or signature changed does not hold")
  func everyBit() throws {
    let key = try NoteKey(parsing: Self.goKey)
    let bytes = Array(Self.goNote.utf8)
    for index in bytes.indices {
      for bit in 0..<8 {
        guard let note = try? SignedNote(parsing: bytes.flipping(index, 1 << UInt8(bit))) else {
          continue
        }
        #expect(note.verdict(of: key) != .valid, "bit \(bit) of byte \(index)")
      }
    }
  }

  @Test("with other signatures beside the known one holds; with a wrong one of the key it does not")
  func severalSignatures() throws {
    let key = try NoteKey(parsing: Self.goKey)
    let other = "\u{2014} witness.example AAAAAAAAAAA=\n"
    let line = Self.goNote.dropFirst(Self.goText.count + 1)
    #expect(
      try SignedNote(parsing: Array((Self.goText + "\n" + other + line + other).utf8))
        .verdict(of: key) == .valid)
    let wrong = "\u{2014} PeterNeumann x08gowAAAAA=\n"
    #expect(
      try SignedNote(parsing: Array((Self.goNote + wrong).utf8)).verdict(of: key) == .invalid)
    // Only name and id together name a key.
    let namesake = "\u{2014} PeterNeumann AAAAAAAAAAA=\n"
    #expect(
      try SignedNote(parsing: Array((Self.goNote + namesake).utf8)).verdict(of: key) == .valid)
  }

  @Test(
    "of another form is refused with its line",
    arguments: [
      ("", 1, ProofPart.text), ("text", 1, .text), ("text\n", 2, .blankLine),
      ("text\n\n", 3, .signature), ("te\u{1}xt\n\n\u{2014} a AAAAAAA=\n", 1, .text),
      ("text\r\n\n\u{2014} a AAAAAAA=\n", 1, .text), ("text\n\n- a AAAAAAAAAAA=\n", 3, .signature),
      ("text\n\n\u{2014} a AAAAAA==\n", 3, .signature),
      ("text\n\n\u{2014} a b AAAAAAAAAAA=\n", 3, .signature),
      ("text\n\n\u{2014} a+b AAAAAAAAAAA=\n", 3, .signature),
      ("text\n\n\u{2014}  AAAAAAAAAAA=\n", 3, .signature),
      ("text\n\n\u{2014} a AAAAAAAAAAB=\n", 3, .signature),
      ("text\n\n\u{2014} a AAAAAAAAAAA\n", 3, .signature),
      ("text\n\n\u{2014} a AAAAAAAAAAA=\nmore\n", 4, .signature),
    ])
  func refused(text: String, line: Int, part: ProofPart) {
    let bytes = Array(text.utf8)
    #expect(throws: ProofFormatError(line: line, expected: part)) {
      try SignedNote(parsing: bytes)
    }
  }

  @Test("has at most 64 signatures")
  func manySignatures() throws {
    let line = "\u{2014} a AAAAAAAAAAA=\n"
    let most = "text\n\n" + String(repeating: line, count: 64)
    #expect(try SignedNote(parsing: Array(most.utf8)).signatures.count == 64)
    let bytes = Array((most + line).utf8)
    #expect(throws: ProofFormatError(line: 67, expected: .signatureCount)) {
      try SignedNote(parsing: bytes)
    }
  }

  @Test(
    "is checked with a key of one form only",
    arguments: [
      "", "PeterNeumann", "PeterNeumann+c74f20a3",
      "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
      "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
      "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
      "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
    ])
  func keys(text: String) {
    #expect(throws: ProofFormatError(line: 1, expected: .key)) { try NoteKey(parsing: text) }
  }
}

@Suite("A checkpoint")
struct CheckpointFormTests {
  // The example of C2SP tlog-checkpoint.
  private static let published =
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    + "\n\u{2014} example.com/behind-the-sofa "
    + "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"

  @Test("of the published example is read and written back byte for byte")
  func example() throws {
    let signed = try SignedCheckpoint(parsing: Array(Self.published.utf8))
    #expect(signed.checkpoint.origin == "example.com/behind-the-sofa")
    #expect(signed.checkpoint.size == 20_852_163)
    #expect(signed.checkpoint.root.count == 32 && signed.checkpoint.extensionLines.isEmpty)
    #expect(signed.text == Self.published)
    #expect(signed.checkpoint.text == signed.note.text)
  }

  @Test("may carry further lines, which stay")
  func extensionLines() throws {
    let text = "a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n"
    let checkpoint = try Checkpoint(parsing: text)
    #expect(checkpoint.root == MerkleHash.empty && checkpoint.extensionLines == ["more"])
    #expect(checkpoint.text == text)
  }

  @Test(
    "of another form is refused with its line",
    arguments: [
      ("\n1\nx\n", 1, ProofPart.origin), ("a\n", 2, .size), ("a\n01\n", 2, .size),
      ("a\n-1\n", 2, .size), ("a\n+1\n", 2, .size), ("a\n 1\n", 2, .size), ("a\n\n", 2, .size),
      ("a\n18446744073709551616\n", 2, .size), ("a\n1\n", 3, .hash),
      ("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF==\n", 3, .hash),
      ("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n", 3, .hash),
      ("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n", 4, .extensionLine),
    ])
  func refused(text: String, line: Int, part: ProofPart) {
    #expect(throws: ProofFormatError(line: line, expected: part)) { try Checkpoint(parsing: text) }
  }
}
