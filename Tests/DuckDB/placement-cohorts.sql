-- after: time-to-placement.sql
-- As there, once for every quarter of entry and class of the residence status at entry.
SET VARIABLE remaining = false;

CREATE TABLE cohort_unit AS
    SELECT CASE WHEN p.entry_residence IN ('GEST', 'AKN') THEN 'GEST' WHEN p.entry_residence LIKE 'DUL%' THEN 'DUL'
            WHEN p.entry_residence IN ('FIKT', 'GUEB', 'OTHER') THEN 'OTHER'
            WHEN p.entry_residence IN ('', 'UNK') THEN '(not stated)' ELSE 'AE' END AS stratum,
        strftime(f.entry, '%Y-Q') || quarter(f.entry) AS cohort, month_index(on_day() + 1) - month_index(f.entry) AS reach,
        f.time, CASE WHEN f.cause = 'first-placement' THEN 1 WHEN f.cause IS NOT NULL THEN 2 END AS cause
    FROM follow_up f JOIN participation p USING (id);
