/// The place in the programme that looks after somebody, by numbers from 0.
struct Office: Hashable, Sendable {
  var network: UInt8
  var subproject: UInt8
  var advisor: UInt8
}

/// The codes that events carry, made once: building strings event by event costs more than the
/// rest of the simulation.
struct Directory: Sendable {
  let operations: [String]
  let networks: [String]
  private let subprojects: [[String]]
  private let advisors: [[[String]]]
  private let employers: [String]

  /// Employers of each network.
  static let employersPerNetwork = 120

  init(_ scenario: Scenario) {
    precondition(
      (1...255).contains(scenario.networks) && (1...255).contains(scenario.subprojectsPerNetwork)
        && (1...255).contains(scenario.advisorsPerSubproject),
      "a programme has 1 to 255 networks, sub-projects each and advisors each")
    let networks = (1...scenario.networks).map { "N\(twoDigits($0))" }
    self.networks = networks
    operations = (1...scenario.networks).map { "WIR-\(twoDigits($0))" }
    subprojects = networks.map { network in
      (1...scenario.subprojectsPerNetwork).map { "\(network)-T\($0)" }
    }
    advisors = subprojects.map { codes in
      codes.map { code in (1...scenario.advisorsPerSubproject).map { "\(code)-B\($0)" } }
    }
    employers = (0..<scenario.networks * Self.employersPerNetwork).map { "B-\(100_000 + $0)" }
  }

  func subproject(_ office: Office) -> String {
    subprojects[Int(office.network)][Int(office.subproject)]
  }

  func advisor(_ office: Office) -> String {
    advisors[Int(office.network)][Int(office.subproject)][Int(office.advisor)]
  }

  func employer(_ number: UInt16) -> String { employers[Int(number)] }
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

/// What people work as: occupation (KldB 2010, five digits) and sector (WZ 2008).
struct Occupation: Sendable {
  let code: String
  let sector: String
  let forTraining: Bool

  static let all = [
    Occupation(code: "51311", sector: "52.10", forTraining: false),  // warehouse, helper
    Occupation(code: "51312", sector: "52.10", forTraining: true),  // warehouse, skilled
    Occupation(code: "54101", sector: "81.21", forTraining: false),  // cleaning, helper
    Occupation(code: "29301", sector: "56.10", forTraining: false),  // kitchen, helper
    Occupation(code: "29302", sector: "56.10", forTraining: true),  // cook
    Occupation(code: "63301", sector: "56.10", forTraining: false),  // restaurant, helper
    Occupation(code: "82101", sector: "87.30", forTraining: true),  // care of the elderly, helper
    Occupation(code: "32101", sector: "41.20", forTraining: false),  // building, helper
    Occupation(code: "62102", sector: "47.11", forTraining: true),  // retail
    Occupation(code: "25101", sector: "28.00", forTraining: false),  // machines, helper
    Occupation(code: "26212", sector: "43.21", forTraining: true),  // electrician in buildings
    Occupation(code: "51321", sector: "53.20", forTraining: false),  // delivery, helper
  ]

  static let forTraining = all.indices.filter { all[$0].forTraining }.map { UInt8($0) }
}
