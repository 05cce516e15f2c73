public import Journey
public import Keyring

/// A network and its sub-projects, by their codes, as they are registered.
public struct RegisteredNetwork: Sendable, Equatable {
  /// The code of the network.
  public let code: String
  /// The codes of its sub-projects, in the order of their registration.
  public let subprojects: [String]
  /// The region where it works, nil where nobody says.
  public var region: String?
  /// The category of that region, nil where nobody says.
  public var category: RegionCategory?
}

extension EventLog {
  /// The networks that are registered, in the order of their numbers.
  ///
  /// Keys of roles do not open what takes a registration back: a network with such a record is left
  /// out for them.
  ///
  /// - Throws: `LogError` when a stream cannot be read.
  public func registeredNetworks() throws(LogError) -> [RegisteredNetwork] {
    var networks: [RegisteredNetwork] = []
    // Numbers of networks begin with 1.
    var number: UInt32 = 1
    while try version(of: StreamID(.network, number)) > 0 {
      let events = try events(of: StreamID(.network, number))
      number += 1
      if events.contains(where: \.isClosed) { continue }
      let retracted = Set(
        events.compactMap { read in
          read.event?.type == .eventRetracted ? read.event?[Fields.target] : nil
        })
      let holding = events.filter { !retracted.contains(Int($0.header.position.number)) }
        .compactMap(\.event)
      let registered = holding.first { $0.type == .networkRegistered }
      if let registered, let code = registered[Fields.code] {
        networks.append(
          RegisteredNetwork(
            code: code,
            subprojects: holding.filter { $0.type == .subprojectRegistered }
              .compactMap { $0[Fields.code] }, region: registered[Fields.region],
            category: registered[Fields.regionCategory]))
      }
    }
    return networks
  }

  /// The sub-projects of a coordinator's networks whose keys it does not have: those that were
  /// registered after it was issued, and those that it was issued without.
  ///
  /// Its networks are those of which it has a sub-project. Roles of another kind lack none.
  ///
  /// - Parameter own: The sub-projects whose keys the role has, by name.
  /// - Returns: Codes, sorted.
  /// - Throws: `LogError` when the networks cannot be read.
  public func missingSubprojects(
    of kind: RoleKind, having own: [String]
  ) throws(LogError) -> [String] {
    guard kind == .coordinator else { return [] }
    let own = Set(own)
    var missing: Set<String> = []
    for network in try registeredNetworks() where !own.isDisjoint(with: network.subprojects) {
      missing.formUnion(network.subprojects.filter { !own.contains($0) })
    }
    return missing.sorted()
  }
}
