# Why this is the best form known: as placement_polars.py; each person's path is five numbers of months,
# and 37 horizons are read off the groups of equal paths.
#
#   occupancy_polars.py FOLDER parquet REFERENCE_DAY
import polars as pl

from shared import *

c = pl.col
events = pl.scan_parquet(f"{folder}/events.parquet")
past = c.day <= REFERENCE
confirms = ~c.kind.is_in(SILENT) & ~((c.kind == EXITED) & (c.code == LOST_CONTACT))
stays = c.kind.is_in([ENTERED, REENTERED, EXITED]) & past
seen = events.group_by("ref").agg(
    entry=c.day.filter((c.kind == ENTERED) & past).min(),
    confirmed=(c.day - (c.kind == ENDED).cast(pl.Int32)).filter(confirms).max(),
    gone=c.day.filter(c.kind.is_in([LEFT, DIED]) & past).min(),
    stay=(c.day * 256 + c.kind.cast(pl.Int32)).filter(stays).max(),
).select(
    "ref", "entry", "gone", until=pl.min_horizontal("confirmed", pl.lit(REFERENCE)) + 1,
    away=pl.when(c.stay % 256 == EXITED).then(c.stay // 256 + 1),
).filter(c.entry < c.until)
placed = (
    events.filter((c.kind == STARTED) & c.code.is_in(PLACED) & past).select("ref", "day")
    .join(seen.select("ref", "entry"), on="ref").filter(c.day >= c.entry)
    .group_by("ref").agg(placement=c.day.min())
)


def months(date):
    return date.dt.year() * 12 + date.dt.month().cast(pl.Int32)


def horizon(day):
    """The first whole number of months after entry that reaches a day; 37 for later and for none."""
    start, date = c.entry.cast(pl.Date), day.cast(pl.Date)
    # A month without the day of entry is reached on its last day.
    reach = pl.min_horizontal(start.dt.day(), date.dt.month_end().dt.day())
    later = months(date) - months(start) + (reach < date.dt.day()).cast(pl.Int32)
    return later.clip(0, 37).fill_null(37).cast(pl.UInt8)


counts = seen.join(placed, on="ref", how="left").select(
    *(horizon(c(name)).alias(name) for name in ("gone", "until", "placement", "away")),
    due=horizon(pl.lit(REFERENCE + 1, dtype=pl.Int32)),
).group_by("gone", "until", "placement", "away", "due").len("count").select(
    "gone", "until", "placement", "away", "due", "count")
tell_occupancy(counts.collect().get_columns())
