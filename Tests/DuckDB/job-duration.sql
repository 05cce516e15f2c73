-- Months from each job on or after entry to its end, every job a unit. Rule B without a gap: the window closes at C - 1.
-- Jobs of one person depend on each other: standard errors are those of the infinitesimal jackknife over people.
CREATE TABLE job AS
    WITH started AS (
        SELECT j.id, row_number() OVER () AS unit, month_index(j.start) AS began,
            month_index(coalesce(r.after, DATE '9999-12-31')) AS ended,
            month_index(least(o.unobserved, o.died, o.gone)) - 1 AS window_end
        FROM placement j JOIN recorded_spell r USING (id, spell, start, kind) JOIN observation o USING (id)
        WHERE j.kind IN ('SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I')
    )
    SELECT id, unit, least(ended, window_end) - began AS time, ended <= window_end AS event
    FROM started WHERE began < window_end;

WITH steps AS (
    SELECT time, count(*) FILTER (event) AS n_event, count(*) FILTER (NOT event) AS n_censor FROM job GROUP BY time
),
risk AS (
    SELECT *, sum(n_event + n_censor) OVER (ORDER BY time DESC)::BIGINT AS n_risk FROM steps
),
curve AS (
    SELECT *, product(1 - n_event / n_risk) OVER past AS surv, sum(n_event / n_risk) OVER past AS cumhaz
    FROM risk WINDOW past AS (ORDER BY time)
),
-- How log S at a time moves with the weight of a person: over the steps until then, the person's events less their share
-- of all.
pull AS (
    SELECT c.time, j.id, sum(((j.event AND j.time = s.time)::INT - s.n_event / s.n_risk)
        / (s.n_risk * (1 - s.n_event / s.n_risk))) AS influence
    FROM curve c JOIN risk s ON s.time <= c.time AND s.n_event < s.n_risk JOIN job j ON j.time >= s.time
    WHERE c.surv > 0 GROUP BY c.time, j.id
),
spread AS (
    SELECT time, sqrt(sum(influence * influence)) AS se FROM pull GROUP BY time
)
SELECT 'all' AS stratum, c.time, n_risk, n_event, n_censor, surv, cumhaz, surv * s.se AS se_surv, s.se AS se_log_surv
FROM curve c LEFT JOIN spread s USING (time);
