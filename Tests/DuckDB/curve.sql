-- Kaplan–Meier of the table `follow_up`: time, event.
WITH steps AS (
    SELECT time, count(*) FILTER (event) AS n_event, count(*) FILTER (NOT event) AS n_censor
    FROM follow_up GROUP BY time
),
risk AS (
    SELECT *, sum(n_event + n_censor) OVER (ORDER BY time DESC)::BIGINT AS n_risk FROM steps
)
SELECT 'all' AS stratum, time, n_risk, n_event, n_censor,
    product(1 - n_event / n_risk) OVER past AS surv,
    CASE WHEN surv > 0 THEN surv * sqrt(sum(n_event / (n_risk * nullif(n_risk - n_event, 0))) OVER past) END AS se_surv,
    sum(n_event / n_risk) OVER past AS cumhaz
FROM risk WINDOW past AS (ORDER BY time);
