# The durations of time to placement in polars: shared by the curve and the cohort table.
import polars as pl

from shared import *

c = pl.col
NEVER = 1_000_000
events = pl.scan_parquet(f"{folder}/events.parquet")
past = c.day <= REFERENCE
confirms = ~c.kind.is_in(SILENT) & ~((c.kind == EXITED) & (c.code == LOST_CONTACT))
stays = c.kind.is_in([ENTERED, REENTERED, EXITED]) & past
seen = events.group_by("ref").agg(
    entry=c.day.filter((c.kind == ENTERED) & past).min(),
    confirmed=(c.day - (c.kind == ENDED).cast(pl.Int32)).filter(confirms).max(),
    gone=c.day.filter((c.kind == LEFT) & past).min(),
    died=c.day.filter((c.kind == DIED) & past).min(),
    stay=(c.day * 256 + c.kind.cast(pl.Int32) * 2 + c.dropout.cast(pl.Int32)).filter(stays).max(),
).filter(c.entry.is_not_null())
placed = (
    events.filter((c.kind == STARTED) & c.code.is_in(PLACED) & past).select("ref", "day")
    .join(seen.select("ref", "entry"), on="ref").filter(c.day >= c.entry)
    .group_by("ref").agg(placement=c.day.min())
)


def month(day):
    date = pl.col(day).cast(pl.Date) if isinstance(day, str) else day.cast(pl.Date)
    return date.dt.month().cast(pl.Int32) - 1 + (date.dt.year() - 1970) * 12


first = seen.join(placed, on="ref", how="left").select(
    "ref", "entry", until=pl.min_horizontal("confirmed", pl.lit(REFERENCE)) + 1,
    placement=c.placement.fill_null(NEVER),
    dropout=pl.when(c.stay % 256 == EXITED * 2 + 1).then(c.stay // 256 + 1).otherwise(NEVER),
    gone=c.gone.fill_null(NEVER), died=c.died.fill_null(NEVER),
).with_columns(day=pl.min_horizontal("placement", "dropout", "gone", "died"))
durations = first.select(
    "ref", entered=month("entry"), until=month("until"), ended=month("day"),
    cause=pl.when(c.day == NEVER).then(0).when(c.day == c.placement).then(1)
    .when(c.day == c.dropout).then(2).when(c.day == c.gone).then(3).otherwise(4),
).filter(c.entered <= c.until).with_columns(
    cause=pl.when((c.cause == 1) & (c.ended >= c.until)).then(0).otherwise("cause")
).with_columns(
    length=pl.when(c.cause == 0).then("until").otherwise("ended") - c.entered
).filter(c.length >= 0)
people = pl.scan_parquet(f"{folder}/people.parquet")
