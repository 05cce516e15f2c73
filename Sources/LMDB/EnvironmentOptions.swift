/// How an environment is opened.
public struct EnvironmentOptions: Sendable, Equatable {
  /// What a commit promises when it returns.
  public enum Durability: Sendable, Equatable {
    /// Two flushes a commit: what was committed survives a loss of power.
    case durable
    /// No flush: after a crash of the machine the file may be unusable.
    ///
    /// Only for data that is derived from a durable store and can be built again.
    case rebuildable
  }

  /// The bytes of address space for the map; nil means the larger of 64 GiB and four times the
  /// file.
  ///
  /// Address space, not disk: the file grows as it is written. The map grows by itself when it
  /// turns out too small.
  public var mapSize: Int?

  /// The least number of bytes by which a full map grows.
  public var growthStep = 1 << 30

  /// The number of databases that can be open by name.
  public var maxDatabases = 32

  /// The number of read transactions that can run at once, over all processes.
  ///
  /// The process that opens the environment first decides.
  public var maxReaders = 254

  /// What a commit promises.
  public var durability = Durability.durable

  /// Opens for reading only.
  ///
  /// LMDB still writes reader slots into the lock file, unless the file system is read-only.
  public var readOnly = false

  /// Lets the operating system read ahead; turn it off for random reads in a file above memory
  /// size.
  public var readAhead = true

  /// Creates the directory (0700) and its files (0600) where they are missing.
  ///
  /// The folder above must be there. Without effect together with ``readOnly``.
  public var create = false

  /// How long growing the map or closing waits for running transactions of this process to end.
  public var drainDeadline = Duration.seconds(30)

  /// Options with every default.
  public init() {}

  /// Options that create a durable store where there is none.
  public static var creating: EnvironmentOptions {
    var options = EnvironmentOptions()
    options.create = true
    return options
  }

  /// Options that open an existing store for reading.
  public static var reading: EnvironmentOptions {
    var options = EnvironmentOptions()
    options.readOnly = true
    return options
  }
}
