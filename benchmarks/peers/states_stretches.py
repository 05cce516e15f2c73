# The stretches in one state that R gets ready-made, by whole months as the question counts them: where
# somebody is on the day of entry, and what is so on the first of every later month. Not measured.
#
#   states_stretches.py FOLDER native REFERENCE_DAY
import numpy as np

from occupancy_sql import DAYS
from shared import connect, folder

NEVER = 1 << 30
columns = connect().execute(
    f"{DAYS} SELECT start - DATE '1970-01-01', until, gone, placement, away FROM days"
).fetchnumpy()
start, until, gone, placement, away = (
    np.ma.filled(column.astype(np.int64), NEVER) for column in columns.values())


def month(day):
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def first(month):
    return month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


end = np.minimum(until, gone)
origin = month(start)
last = month(end) - origin


def shown(day):
    """The month after entry in which a change shows, 0 where it is so at entry, or never."""
    day = np.minimum(day, end)  # whatever is later is not seen
    at = month(day) + (first(month(day)) < day)
    return np.where(day <= start, 0, np.where(first(at) < end, at - origin, NEVER))


placed, left = shown(placement), shown(away)
left = np.where(left < placed, left, NEVER)
names = np.array(["gone", "placed", "programme", "left", "none"])
at_end = np.where(gone == end, 0, 4)
rows = []


def stretches(state, begin, stop, after):
    """Those of people who are in a state from one month to another, and in which they are then."""
    to = np.where(stop <= last, after, at_end)
    stop = np.minimum(stop, last)
    people = np.nonzero(begin < stop)[0]
    rows.append(np.column_stack(
        [people, begin[people], stop[people], np.full(len(people), state), to[people]]))


stretches(2, np.zeros_like(start), np.minimum(placed, left), np.where(placed < left, 1, 3))
stretches(3, left, placed, 1)
stretches(1, placed, np.full(len(start), NEVER), 4)
table = np.concatenate(rows)
table = table[np.lexsort((table[:, 1], table[:, 0]))]
with open(f"{folder}/stretches.csv", "w", encoding="utf-8") as file:
    file.write("id,start,stop,from,to\n")
    for person, begin, stop, state, to in table.tolist():
        file.write(f"{person},{begin},{stop},{names[state]},{names[to]}\n")
