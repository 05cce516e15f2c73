-- after: retention-after-job-start.sql
-- As there, once for every quarter of the first job start. Due is a horizon when job start + horizon does not lie behind
-- the closing of the window of rule B on the reference day.
SET VARIABLE remaining = true;

CREATE TABLE cohort_unit AS
    SELECT 'all' AS stratum, strftime(j.start, '%Y-Q') || quarter(j.start) AS cohort,
        month_index(on_day() + 1) - 2 - f.began AS reach, f.time, CASE WHEN f.event THEN 1 END AS cause
    FROM follow_up f JOIN first_placement(getvariable('work')) j USING (id);
