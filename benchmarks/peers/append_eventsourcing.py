# Why this is the best form known: the library's own SQLite recorder (WAL, its fastest durable store),
# its JSON transcoder, and a hundred aggregates of ten events a save, which is how the library
# batches: one durable transaction a save, with the same promise as here, one event for each version of a stream.
# It seals nothing, keeps no tree and no view.
#
#   append_eventsourcing.py FOLDER EVENTS  ->  "events seconds"
import os
import sys
import time

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

folder, count = sys.argv[1], int(sys.argv[2])
os.environ["PERSISTENCE_MODULE"] = "eventsourcing.sqlite"
os.environ["SQLITE_DBNAME"] = f"{folder}/eventsourcing.sqlite"


class Journey(Aggregate):
    @event("Entered")
    def __init__(self, day):
        self.day = day

    @event("Happened")
    def happen(self, kind, day, detail):
        self.day = day


application = Application()
begun = time.perf_counter()
for first in range(0, count, 1000):
    people = []
    for person in range(first, min(first + 1000, count), 10):
        journey = Journey(day="2024-01-10")
        for step in range(9):
            journey.happen(kind="StatusConfirmed", day="2024-02-10", detail="x" * 24)
        people.append(journey)
    application.save(*people)
print(count, time.perf_counter() - begun)
