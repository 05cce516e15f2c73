# Why this is the best form known: one lazy group-by over the people with a sum for each indicator;
# entries come from a filtered scan of two columns of Parquet.
#
#   outputs_polars.py FOLDER parquet REFERENCE_DAY
import polars as pl

from shared import *

c = pl.col
known = [number for number, word in enumerate(words("gender")) if word in ("f", "m", "d")]
status = {word: number for number, word in enumerate(words("employment-status"))}


def answer(name):
    known = words(name)
    value = c(name.replace("-", "_"))
    truth = {known.index(word): word == "yes" for word in ("yes", "no") if word in known}
    if not truth:
        return pl.lit(None, dtype=pl.Boolean)
    return pl.when(value.is_in(list(truth))).then(
        value.is_in([number for number, holds in truth.items() if holds]))


rows = {
    "EECO01": c.gender > 0,
    "EECO02": c.employment_status.is_in([status["UNE"], status["UNE_LT"]]),
    "EECO03": c.employment_status == status["UNE_LT"],
    "EECO04": c.employment_status == status["INA"],
    "EECO05": c.employment_status == status["EMP"],
    "EECO09": c.isced <= 2,
    "EECO10": c.isced.is_between(3, 4),
    "EECO11": c.isced >= 5,
    "EECO13": answer("third-country"),
    "EECO14": answer("foreign-background"),
    "EECO17": answer("rural"),
}
entries = pl.scan_parquet(f"{folder}/events.parquet").filter(
    (c.kind == ENTERED) & (c.day <= REFERENCE)).select("ref")
people = pl.scan_parquet(f"{folder}/people.parquet").filter(
    c.gender.is_in(known) & (c.employment_status > 0) & c.birth_year.is_not_null()
    & c.isced.is_not_null())
counts = entries.join(people, on="ref").group_by("gender", "network").agg(
    pl.len().alias("count"),
    *(holds.sum().alias(f"{row} yes") for row, holds in rows.items()),
    *((~holds).sum().alias(f"{row} no") for row, holds in rows.items()),
).sort("gender", "network").collect()
genders, networks = words("gender"), words("network")
for found in counts.iter_rows(named=True):
    for row in rows:
        yes, no = found[f"{row} yes"], found[f"{row} no"]
        print(f"{genders[found['gender']]} {networks[found['network']]}", row, yes, no,
              found["count"] - yes - no)
