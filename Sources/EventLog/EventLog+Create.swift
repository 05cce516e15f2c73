import Files
import Keyring
import LMDB

extension EventLog {
  /// Creates an empty store in a folder that is missing or empty, and its root key.
  ///
  /// The store appears as a whole: it is built beside and renamed, so that a crash leaves either
  /// nothing or a store. The root key is written first; without it the store would be unreadable.
  ///
  /// - Throws: `LogError.storeExists` when the folder holds something already.
  public static func create(
    store path: String, rootKey: RootKeySource, isSimulated: Bool = false
  ) throws(LogError) {
    var path = path
    while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
    let name = ContentDigest.hex(RandomBytes.make(8))
    // A name of its own: nothing that stands there already may be touched.
    let building = "\(path).building-\(name)"
    do {
      if Folder.exists(path), try !Folder.names(path).isEmpty {
        throw LogError.storeExists(path: path)
      }
      let origin = "wegmarke/\(name)"
      try Folder.create("\(building)/keys")
      try Folder.create("\(building)/views")
      let root = try rootKey.create(origin: origin)
      try Keyring.create(in: "\(building)/keys", root: root)
      try createLog("\(building)/log", origin: origin, isSimulated: isSimulated)
      try Folder.sync("\(building)/keys")
      try Folder.sync(building)
      if Folder.exists(path) { try Folder.removeEmpty(path) }
      try Folder.rename(building, to: path)
      try? KeyFilePlace.note(path, servedBy: rootKey.path(origin))
    } catch {
      try? Folder.remove(building)
      throw LogError(wrapping: error)
    }
  }

  private static func createLog(_ path: String, origin: String, isSimulated: Bool) throws {
    let environment = try Environment(path: path, options: options(create: true))
    try environment.write { transaction in
      for name in ["records", "streams", "tree", "requests", "participants"] {
        _ = try transaction.create(name)
      }
      let meta = try transaction.create("meta")
      var format = [UInt8]()
      format.appendBigEndian(version)
      let lasting = [
        "format": format, "origin": Array(origin.utf8), "simulated": [isSimulated ? 1 : 0],
        "zone": Array("Europe/Berlin".utf8),
      ]
      let changing = [
        "participants": EntryChecksum.adding(
          to: [0, 0, 0, 0], under: Array("participants".utf8)),
        "facts": Tables.checksum(ofFacts: { lasting[$0] }),
      ]
      for (name, value) in lasting.merging(changing, uniquingKeysWith: { $1 }) {
        let key = Array(name.utf8)
        try transaction.put(key: key.span, value: value.span, in: meta)
      }
    }
    try environment.close()
  }
}
