import Testing

@Suite("People who may be here twice")
struct DuplicatesCommandTests {
  private func desk() throws -> Desk {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    for (id, name, birth) in [
      ("a", "Muhammad-Özil", "1990-03-04"), ("b", "Oezil-Mohamed", "1990-04-03"),
      ("c", "Weber", "1985-01-01"),
    ] {
      try desk.expect(
        "record IdentityRecorded t:\(id) --on 2024-03-01 --set name=\(name)"
          + " --set birth-date=\(birth) --set postcode=26121")
    }
    return desk
  }

  @Test("are suggested with their reasons, until somebody says that they are two")
  func suggestions() throws {
    let desk = try desk()
    for (language, words) in [
      ("en", ["1 pair to look at", "born 4 Mar 1990", "day and month of birth swapped"]),
      ("de", ["1 Paar zum Ansehen", "geb. 04.03.1990", "Tag und Monat der Geburt vertauscht"]),
    ] {
      let page = try desk.expect(
        "participants duplicates --lang \(language)", with: ["COLUMNS": "80"])
      let text = page.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      for word in words { #expect(text.contains(word), "\(page)") }
      #expect(!page.contains("Weber"))
      for line in page.split(whereSeparator: \.isNewline) { #expect(line.count <= 80, "\(line)") }
    }
    let csv = try desk.expect("participants duplicates -f csv")
    #expect(csv.contains(",similar_name swapped_birth same_postcode"), "\(csv)")
    let table = try desk.expect("participants duplicates --columns reasons,score --lang de")
    #expect(table.contains(/GRÜNDE +PUNKTE\n/) && !table.contains("Muhammad"), "\(table)")
    #expect(
      try desk.expect("participants duplicates -f csv --columns reasons,score")
        .hasPrefix("reasons,score\nsimilar_name swapped_birth same_postcode,"))
    let done = try desk.run("participants dismiss t:a t:b --reason twins")
    #expect(done.exitCode == 0, "\(done)")
    #expect(try desk.expect("participants duplicates").hasPrefix("Nobody seems"))
    #expect(try desk.expect("timeline t:a").contains("not a duplicate"))
    // Taken back, it is asked again.
    let position = try #require(done.errors.firstMatch(of: /retract (\d+)/)).output.1
    try desk.expect("retract \(position) --reason slip")
    #expect(try desk.expect("participants duplicates").hasPrefix("1 pair"))
    try desk.expect("participants merge t:a t:b --reason same")
    #expect(try desk.expect("participants duplicates").hasPrefix("Nobody seems"))
    #expect(try desk.run("participants dismiss t:a t:b --reason x").exitCode != 0)
    try desk.expect("log verify --deep")
  }

  @Test(
    "stay two people when one of them is merged with a third",
    arguments: ["t:b t:c", "t:c t:b"])
  func dismissedAndMerged(pair: String) throws {
    let desk = try desk()
    try desk.expect(
      "record IdentityRecorded t:c --on 2024-03-02 --set name=Mohamed-Oezil"
        + " --set birth-date=1990-04-03 --set postcode=26121")
    #expect(try desk.expect("participants duplicates").hasPrefix("3 pairs"))
    try desk.expect("participants dismiss t:a t:b --reason twins")
    try desk.expect("participants merge \(pair) --reason same")
    #expect(try desk.expect("participants duplicates").hasPrefix("Nobody seems"))
  }

  @Test("are found by any spelling, a postcode, a code or an id, and by nobody's name with 66")
  func finding() throws {
    let desk = try desk()
    for text in ["mohammed", "OZIL", "t:a", "özil"] {
      let page = try desk.expect("participants find \(text)")
      #expect(page.contains("Muhammad-Özil"), "\(text): \(page)")
    }
    let people = try desk.expect("participants find 26121 -f csv")
    #expect(people.split(whereSeparator: \.isNewline).count == 4, "\(people)")
    let table = try desk.expect("participants find özil --columns birth_date,name")
    #expect(table.contains(/BORN +NAME\n/) && table.contains("4 Mar 1990"), "\(table)")
    #expect(
      try desk.expect("participants find t:c -f csv --columns name,postcode")
        == "name,postcode\nWeber,26121\n")
    let nobody = try desk.run("participants find Schulze --lang de")
    #expect(nobody.exitCode == 66 && nobody.errors.contains("„Schulze“"), "\(nobody)")
    try desk.expect("privacy restrict t:a --statistics keep --reason x")
    #expect(try !desk.expect("participants find ozil").contains("Muhammad"))
  }
}
