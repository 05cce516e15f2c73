# Why this is the best form known: KaplanMeierFitter group by group, as its manual has it; the durations
# come ready-made as for R, read with pandas, which lifelines brings. Finding them is left out.
#
#   retention_lifelines.py FOLDER "" REFERENCE_DAY
from shared import *

from lifelines import KaplanMeierFitter

import pandas

table = pandas.read_csv(f"{folder}/durations.csv", dtype="int32")
for group, rows in table.groupby("isced"):
    fit = KaplanMeierFitter().fit(rows["length"], rows["event"])
    print(group, len(rows), int(rows["event"].sum()), repr(float(fit.predict(365))))
