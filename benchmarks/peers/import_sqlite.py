# Why this is the best form known: the standard library's sqlite3 in C, one transaction per 10,000
# events with executemany, prepared once; WAL with synchronous=FULL, the cheapest setting whose
# commits are durable; a rowid table, so that events are appended in order of position; event ids
# that rise with time (the index of random ones is written all over); lines split as
# bytes instead of csv.reader (the simulated files quote nothing, which is checked); checkpoints of
# 64 MB instead of 4 MB. It does less than the product: no check of values, no correction of order,
# no seals, no checksums, no tree, no view.
#
#   import_sqlite.py participants.csv events.csv NEW.sqlite PAYLOAD_BYTES  ->  "events people"
import itertools
import sqlite3
import sys
import time

people_file, events_file, database, payload = *sys.argv[1:4], int(sys.argv[4])
BATCH = 10_000

store = sqlite3.connect(database, isolation_level=None)
store.execute("PRAGMA journal_mode=WAL")
store.execute("PRAGMA synchronous=FULL")
store.execute("PRAGMA wal_autocheckpoint=16384")
store.execute("PRAGMA cache_size=-262144")
store.execute("""CREATE TABLE events(position INTEGER PRIMARY KEY, stream INTEGER NOT NULL,
  version INTEGER NOT NULL, id BLOB NOT NULL, recorded_at INTEGER NOT NULL, payload BLOB NOT NULL,
  UNIQUE(stream, version), UNIQUE(id))""")
store.execute("CREATE TABLE people(stream INTEGER PRIMARY KEY, external_id BLOB UNIQUE)")

streams = {}
versions = []


def people(lines):
    # Each row states three events: entry, profile, last confirmed day.
    for line in lines:
        person = line[: line.index(b",")]
        streams[person] = len(versions)
        versions.append(0)
        for kind in (b"E", b"P", b"C"):
            yield person, kind + line


def journeys(lines):
    for line in lines:
        yield line[: line.index(b",")], line


def rows(facts, position, origin=time.time_ns()):
    for person, text in facts:
        stream = streams[person]
        versions[stream] += 1
        now = origin + position
        yield (position, stream, versions[stream], now.to_bytes(8, "big") + text[:4], now,
               text[:payload].ljust(payload))
        position += 1


position = 0
known = 0
for path, read in ((people_file, people), (events_file, journeys)):
    with open(path, "rb", buffering=1 << 20) as file:
        next(file)
        events = rows(read(file), position)
        while batch := list(itertools.islice(events, BATCH)):
            assert not any(b'"' in event[5] for event in batch)
            store.execute("BEGIN")
            if len(streams) > known:
                new = itertools.islice(streams.items(), known, None)
                store.executemany("INSERT INTO people VALUES(?2, ?1)", list(new))
                known = len(streams)
            store.executemany("INSERT INTO events VALUES(?,?,?,?,?,?)", batch)
            store.execute("COMMIT")
            position += len(batch)
store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
print(*store.execute("SELECT count(*), (SELECT count(*) FROM people) FROM events").fetchone())
