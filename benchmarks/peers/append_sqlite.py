# Why this is the best form known: the settings of import_sqlite.py: WAL with synchronous=FULL, executemany,
# a rowid table in order of position, event ids that rise with time; durable batches of a thousand events.
# It seals nothing, keeps no tree and no view.
#
#   append_sqlite.py FOLDER EVENTS  ->  "events seconds"
import sqlite3
import sys
import time

folder, count = sys.argv[1], int(sys.argv[2])
store = sqlite3.connect(f"{folder}/events.sqlite", isolation_level=None)
for setting in ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=16384",
                "cache_size=-262144"):
    store.execute(f"PRAGMA {setting}")
store.execute("""CREATE TABLE events(position INTEGER PRIMARY KEY, stream INTEGER NOT NULL,
  version INTEGER NOT NULL, id BLOB NOT NULL, recorded_at INTEGER NOT NULL, payload BLOB NOT NULL,
  UNIQUE(stream, version), UNIQUE(id))""")
payload = b"x" * 64
begun = time.perf_counter()
for first in range(0, count, 1000):
    rows = [(number, number // 10, number % 10 + 1, number.to_bytes(16, "big"), number, payload)
            for number in range(first, min(first + 1000, count))]
    store.execute("BEGIN")
    store.executemany("INSERT INTO events VALUES(?,?,?,?,?,?)", rows)
    store.execute("COMMIT")
seconds = time.perf_counter() - begun
print(store.execute("SELECT count(*) FROM events").fetchone()[0], seconds)
