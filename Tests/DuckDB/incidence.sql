-- Aalen–Johansen of the table `follow_up`: time, cause (NULL when censored); the causes stand in the table `causes`.
WITH steps AS (
    SELECT time, count(*) AS ends, count(cause) AS events FROM follow_up GROUP BY time
),
risk AS (
    SELECT *, sum(ends) OVER (ORDER BY time DESC) AS n_risk FROM steps
),
free AS (
    SELECT *, coalesce(product(1 - events / n_risk)
        OVER (ORDER BY time ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 1) AS before FROM risk
),
caused AS (
    SELECT c.cause, f.time, f.before, f.n_risk,
        (SELECT count(*) FROM follow_up u WHERE u.time = f.time AND u.cause = c.cause) AS n_event
    FROM free f, causes c
)
SELECT 'all' AS stratum, cause, time, n_event,
    sum(before * n_event / n_risk) OVER (PARTITION BY cause ORDER BY time) AS incidence
FROM caused;
