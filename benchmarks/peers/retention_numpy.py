# Why this is the best form known: of the plans tried on 30 million events (window functions, lists
# and group-bys in DuckDB and polars, and this one) "filter, pack into one 64-bit key, one sort,
# compare neighbours" is ahead of all other plans by a factor of 2 to 9. Durations are counted, never
# sorted; first and last days are taken by assignment in the order of the table, which is by day, so
# nothing else is sorted either. It does less than the product: corrections are applied beforehand,
# texts are numbers, columns come without seals, checksums, or any choice of question, and no limits
# or quartiles are computed.
#
#   retention_numpy.py FOLDER columns REFERENCE_DAY
from shared import *

ref, day, kind, code = (
    np.fromfile(f"{folder}/{name}", dtype)
    for name, dtype in (("ref.u4", "<u4"), ("day.i4", "<i4"), ("kind.u1", "u1"), ("code.u1", "u1")))
group = np.fromfile(f"{folder}/isced.u2", "<u2")
counted = np.zeros(256, bool)
counted[list(WORK)] = True
confirms = np.ones(256, bool)
confirms[list(SILENT)] = False
people = group.size
NEVER = 1 << 29
EARLIEST = -62_091


def first_of(rows):
    days = np.full(people, NEVER, np.int32)
    days[ref[rows[::-1]]] = day[rows[::-1]]  # rows are by day: the earliest is assigned last
    return days


entry = first_of(np.flatnonzero((kind == ENTERED) & (day <= REFERENCE)))
gone = first_of(np.flatnonzero(((kind == LEFT) | (kind == DIED)) & (day <= REFERENCE)))
confirmed = np.full(people, EARLIEST, np.int32)
rows = np.flatnonzero(confirms[kind] & ~((kind == EXITED) & (code == LOST_CONTACT)))
# An end confirms its last day; what else happened on its day stands behind it in the table.
confirmed[ref[rows]] = day[rows] - (kind[rows] == ENDED)
until = np.minimum(np.minimum(confirmed, REFERENCE) + 1, gone)

# The work of everybody in one sort: person, day, an end before a start.
rows = np.flatnonzero(((kind == ENDED) | (kind == STARTED)) & counted[code] & (day <= REFERENCE))
key = ref[rows].astype(np.int64) << 32
key |= (day[rows].astype(np.int64) - EARLIEST) << 1
key |= kind[rows] == STARTED
key.sort()
who = key >> 32
when = ((key & 0xFFFFFFFF) >> 1).astype(np.int32) + EARLIEST
starts = (key & 1) == 1
jobs = np.cumsum(np.where(starts, 1, -1))
is_first = np.empty(who.size, bool)
is_first[:1] = True
is_first[1:] = who[1:] != who[:-1]
heads = np.flatnonzero(is_first)
before = jobs[heads] - np.where(starts[heads], 1, -1)
jobs -= np.repeat(before, np.diff(np.append(heads, who.size)))

begin = np.full(people, NEVER, np.int32)
rows = np.flatnonzero(starts & (when >= entry[who]))[::-1]
begin[who[rows]] = when[rows]

rows = np.flatnonzero(~starts & (jobs == 0) & (when >= begin[who]))
opened = when[rows]
rows, opened = rows[opened < until[who[rows]]], opened[opened < until[who[rows]]]
after = np.minimum(rows + 1, who.size - 1)
works_again = (after > rows) & (who[after] == who[rows])
closed = np.where(works_again, np.minimum(when[after], until[who[rows]]), until[who[rows]])
lost = closed - opened > GAP
loss = np.full(people, NEVER, np.int32)
rows, opened = rows[lost][::-1], opened[lost][::-1]
loss[who[rows]] = opened

window = until - GAP - 1
takes_part = (begin < NEVER) & (entry < NEVER) & (begin < window)
event = (loss <= window)[takes_part]
length = np.minimum(loss, window)[takes_part] - begin[takes_part]
isced = np.array([int(word) if word.isdigit() else -1 for word in words("isced")])
cells = (group[takes_part].astype(np.int64) * (length.max() + 1) + length) * 2 + event
count = np.bincount(cells)
found = np.flatnonzero(count)
tell_retention((isced[found // 2 // (length.max() + 1)], found // 2 % (length.max() + 1),
                found % 2, count[found]))
