-- Cohort tables of the table `cohort_unit`: stratum, cohort, reach (how long such a unit can have been followed), time,
-- cause (1 for the event waited for, 2 for others, NULL when censored). The variable `remaining`: whether the shares are of
-- those to whom it did not happen. Estimate after Aalen and Johansen, with one cause Kaplan and Meier; standard error
-- after Greenwood, which is how the estimate moves with the hazards of a step times their multinomial variance.
WITH horizon AS (SELECT unnest([3, 6, 12]) AS h),
-- What comes after the last horizon changes nothing up to it.
unit AS (
    SELECT stratum, c AS cohort, reach, least(time, 12) AS time, CASE WHEN time <= 12 THEN cause END AS cause
    FROM cohort_unit u, (SELECT unnest([true, false]) AS whole), LATERAL (SELECT CASE WHEN whole THEN 'all' ELSE u.cohort END AS c)
),
steps AS (
    SELECT stratum, cohort, time, count(*) AS ends, count(*) FILTER (cause = 1) AS d, count(cause) AS events
    FROM unit GROUP BY ALL
),
risk AS (
    SELECT *, sum(ends) OVER (PARTITION BY stratum, cohort ORDER BY time DESC) AS n FROM steps
),
free AS (
    SELECT *, coalesce(product(1 - events / n) OVER (PARTITION BY stratum, cohort ORDER BY time
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 1) AS before,
        product(1 - events / n) OVER (PARTITION BY stratum, cohort ORDER BY time) AS behind
    FROM risk
),
curve AS (
    SELECT *, sum(before * d / n) OVER (PARTITION BY stratum, cohort ORDER BY time) AS f FROM free
),
counted AS (
    SELECT stratum, cohort, h, count(*) AS n, count(*) FILTER (h <= reach) AS due, count(*) FILTER (time >= h) AS n_risk,
        count(*) FILTER (h <= reach AND (time >= h OR cause IS NOT NULL AND time <= h)) AS followed,
        count(*) FILTER (h <= reach AND cause = 1 AND time <= h) AS happened, max(time) AS last
    FROM unit, horizon GROUP BY ALL
),
reading AS (
    SELECT k.*, coalesce((SELECT max(c.f) FROM curve c WHERE c.stratum = k.stratum AND c.cohort = k.cohort AND c.time <= h), 0) AS f,
        coalesce((SELECT min(c.behind) FROM curve c WHERE c.stratum = k.stratum AND c.cohort = k.cohort AND c.time <= h), 1) AS rest
    FROM counted k
),
moved AS (
    SELECT r.stratum, r.cohort, r.h, c.before, c.n, c.d / c.n AS one, (c.events - c.d) / c.n AS other,
        CASE WHEN c.behind > 0 THEN (r.f - c.f) / c.behind ELSE 0 END AS ahead
    FROM reading r JOIN curve c USING (stratum, cohort) WHERE c.time <= r.h
),
spread AS (
    SELECT stratum, cohort, h, sqrt(sum(before * before / n * ((1 - ahead) * (1 - ahead) * one * (1 - one)
        + ahead * ahead * other * (1 - other) + 2 * (1 - ahead) * ahead * one * other))) AS se
    FROM moved GROUP BY ALL
),
shown AS (
    SELECT r.*, s.se, due > 0 AND (h <= last OR rest = 0) AS is_shown FROM reading r LEFT JOIN spread s USING (stratum, cohort, h)
)
SELECT stratum, cohort, h AS horizon, n, due, n_risk,
    CASE WHEN is_shown THEN CASE WHEN getvariable('remaining') THEN 1 - f ELSE f END END AS share,
    CASE WHEN is_shown AND NOT (getvariable('remaining') AND rest = 0) THEN coalesce(se, 0) END AS se_share, followed, happened,
    CASE WHEN getvariable('remaining') THEN followed - happened ELSE happened END / nullif(followed, 0) AS crude
FROM shown;
