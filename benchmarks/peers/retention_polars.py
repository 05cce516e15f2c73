# Why this is the best form known: of all plans tried on 30 million events "filter, pack into one
# 64-bit key, one sort, compare neighbours" was ahead of window functions and group-bys by 2 to 9, and
# polars ran it fastest. Observation ends are one lazy group-by over the narrow columns, executed by
# all cores; lengths are counted, never sorted.
#
#   retention_polars.py FOLDER parquet REFERENCE_DAY
import polars as pl

from shared import *

c = pl.col
events = pl.scan_parquet(f"{folder}/events.parquet")
confirms = ~c.kind.is_in(SILENT) & ~((c.kind == EXITED) & (c.code == LOST_CONTACT))
past = c.day <= REFERENCE
seen = events.group_by("ref").agg(
    entry=c.day.filter((c.kind == ENTERED) & past).min(),
    confirmed=(c.day - (c.kind == ENDED).cast(pl.Int32)).filter(confirms).max(),
    gone=c.day.filter(c.kind.is_in([LEFT, DIED]) & past).min(),
).select("ref", "entry", until=pl.min_horizontal(
    pl.min_horizontal("confirmed", pl.lit(REFERENCE)) + 1, "gone"))
OFFSET = 62_091
key = (c.ref.cast(pl.Int64) << 32 if hasattr(pl.Expr, "__lshift__")
       else c.ref.cast(pl.Int64) * 4_294_967_296)
steps = (
    events.filter(c.kind.is_in([ENDED, STARTED]) & c.code.is_in(WORK) & past)
    .select(k=key + (c.day.cast(pl.Int64) + OFFSET) * 2 + (c.kind == STARTED).cast(pl.Int64))
    .sort("k")
    .select(ref=(c.k // 4_294_967_296).cast(pl.UInt32),
            day=((c.k % 4_294_967_296) // 2).cast(pl.Int32) - OFFSET, starts=c.k % 2 == 1)
    .with_columns(jobs=pl.when("starts").then(1).otherwise(-1).cum_sum(),
                  first=(c.ref != c.ref.shift(1)).fill_null(True),
                  next=pl.when(c.ref == c.ref.shift(-1)).then(c.day.shift(-1)))
    .with_columns(jobs=c.jobs - pl.when("first").then(
        c.jobs - pl.when("starts").then(1).otherwise(-1)).forward_fill())
    .join(seen, on="ref", maintain_order="left")
    .with_columns(start=pl.when(c.starts & (c.day >= c.entry)).then("day"))
)
begun = steps.group_by("ref").agg(start=c.start.min())
ended = (
    steps.drop("start").filter(~c.starts & (c.jobs == 0) & (c.day < c.until)
                               & (pl.min_horizontal("next", "until") - c.day > GAP))
    .join(begun, on="ref").filter(c.day >= c.start).group_by("ref").agg(loss=c.day.min())
)
people = pl.scan_parquet(f"{folder}/people.parquet").select("ref", "isced")
window = c.until - GAP - 1
counts = (
    begun.drop_nulls().join(seen, on="ref").join(ended, on="ref", how="left").join(people, on="ref")
    .filter(c.start < window)
    .select("isced", length=pl.min_horizontal(c.loss.fill_null(1 << 30), window) - c.start,
            event=(c.loss <= window).fill_null(False).cast(pl.Int8))
    .group_by("isced", "length", "event").len("count").collect()
)
tell_retention(counts.get_columns())
