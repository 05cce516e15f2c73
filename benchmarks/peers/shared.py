# What the peers have in common: the store's numbers, and the curves, which cost nothing, from counts.
import json
import sys

import numpy as np

folder, source, reference = sys.argv[1], sys.argv[2], sys.argv[3]
REFERENCE = int(np.datetime64(reference, "D").astype(int))
ENTERED, REENTERED, ENDED, STARTED, EXITED, LEFT, DIED = 10, 11, 30, 31, 82, 95, 99
# Milestones that confirm nobody's situation: a profile, a follow-up planned or attempted, contact lost.
SILENT = (12, 60, 61, 90)
LOST_CONTACT = 7  # the code of an exit that confirms nothing either
WORK = (1, 2, 3, 10, 11)
PLACED = (1, 3, 4, 5, 7, 10)
GAP = 28


def words(name):
    with open(f"{folder}/people.json", encoding="utf-8") as file:
        return json.load(file)[name]


def connect():
    """DuckDB on its own tables, or on the Parquet files."""
    import duckdb

    if source == "native":
        return duckdb.connect(f"{folder}/peers.duckdb", read_only=True)
    store = duckdb.connect()
    for name in ("events", "people"):
        store.execute(f"CREATE VIEW {name} AS FROM '{folder}/{name}.parquet'")
    return store


def kaplan_meier(length, event, count, at):
    """Survival at a time, from numbers of people by length and whether the event ended it."""
    total = np.bincount(length, weights=count, minlength=at + 1)
    events = np.bincount(length, weights=count * event, minlength=at + 1)
    risk = total[::-1].cumsum()[::-1]
    return float(np.prod(1 - events[: at + 1] / np.maximum(risk[: at + 1], 1)))


def incidence(length, cause, count, at):
    """Cumulative incidence of cause 1 at a time (Aalen, Johansen)."""
    total = np.bincount(length, weights=count, minlength=at + 1)
    ended = np.bincount(length, weights=count * (cause > 0), minlength=at + 1)
    placed = np.bincount(length, weights=count * (cause == 1), minlength=at + 1)
    risk = np.maximum(total[::-1].cumsum()[::-1], 1)
    before = np.concatenate(([1.0], np.cumprod(1 - ended / risk)[:-1]))
    return float(np.sum((before * placed / risk)[: at + 1]))


def tell_retention(rows):
    """Lines "isced people losses retention(365 days)" from (isced, length, event, count)."""
    group, length, event, count = (np.asarray(column) for column in rows)
    for value in sorted(set(group.tolist())):
        one = group == value
        print(value, int(count[one].sum()), int((count * event)[one].sum()),
              repr(kaplan_meier(length[one], event[one], count[one], 365)))


def tell_placement(rows):
    """Lines "isced people placed share(12 months)" from (isced, length, cause, count)."""
    group, length, cause, count = (np.asarray(column) for column in rows)
    for value in sorted(set(group.tolist())):
        one = group == value
        print(value, int(count[one].sum()), int(count[one & (cause == 1)].sum()),
              repr(incidence(length[one], cause[one], count[one], 12)))


def tell_cohorts(rows):
    """Lines "class quarter horizon people due happened share" from (class, quarter, month of entry,
    length, cause, count)."""
    names = words("residence-class")
    group, quarter, start, length, cause, count = (np.asarray(column) for column in rows)
    end = int(np.datetime64(REFERENCE + 1, "D").astype("datetime64[M]").astype(int))
    for key in sorted(set(zip(group.tolist(), quarter.tolist()))):
        one = (group == key[0]) & (quarter == key[1])
        for horizon in (3, 6, 12):
            due = one & (start + horizon <= end)
            happened = due & (cause == 1) & (length <= horizon)
            share = incidence(length[one], cause[one], count[one], horizon)
            name = f"{1970 + key[1] // 4}-Q{key[1] % 4 + 1}"
            print(names[key[0]] or "-", name, horizon, int(count[one].sum()), int(count[due].sum()),
                  int(count[happened].sum()), repr(share))


# By row of the question: what holds (in SQL; unknown where it says NULL).
OUTPUTS = {
    "EECO01": "true",
    "EECO02": "employment_status IN ({UNE}, {UNE_LT})",
    "EECO03": "employment_status = {UNE_LT}",
    "EECO04": "employment_status = {INA}",
    "EECO05": "employment_status = {EMP}",
    "EECO09": "isced <= 2",
    "EECO10": "isced BETWEEN 3 AND 4",
    "EECO11": "isced >= 5",
    "EECO13": "third_country",
    "EECO14": "foreign_background",
    "EECO17": "rural",
}


def tell_occupancy(rows):
    """Lines "horizon state people", from (gone, until, placement, away, due, count): the horizons from
    which somebody is gone, no longer observed, placed, out of the programme, and no longer due."""
    gone, until, placement, away, due, count = (np.asarray(column) for column in rows)
    count = count.astype(np.int64)
    for horizon in range(37):
        state = np.select(
            [due <= horizon, gone <= horizon, until <= horizon, placement <= horizon,
             away <= horizon],
            [5, 0, 4, 1, 3], 2)
        people = np.bincount(state, weights=count, minlength=6).astype(np.int64)
        for name, number in zip(("gone", "placed", "programme", "left", "unknown", "not-due"), people):
            print(horizon, name, number)
