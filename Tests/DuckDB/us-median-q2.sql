-- Gross pay in the second calendar quarter after that of the exit, of those in unsubsidised work then: the monthly
-- pay of each job, for each calendar month by the share of its days. Unknown where a day or a job's pay is.
CREATE TABLE day_state AS
    SELECT id, day, working(id, day, ['SVP', 'MINIJOB', 'SELF', 'DUAL']) AS yes
    FROM (SELECT id, unnest(generate_series((date_trunc('quarter', exit) + INTERVAL 6 MONTH)::DATE,
            (date_trunc('quarter', exit) + INTERVAL 9 MONTH)::DATE - 1, INTERVAL 1 DAY))::DATE AS day
        FROM participation WHERE exit IS NOT NULL);

CREATE TABLE earned AS
    SELECT d.id, d.day, s.monthly / day(last_day(d.day)) AS paid, s.id IS NOT NULL AND s.monthly IS NULL AS not_stated
    FROM day_state d LEFT JOIN spell s ON s.id = d.id AND s.kind IN ('SVP', 'MINIJOB', 'SELF', 'DUAL')
        AND s.start <= d.day AND d.day < s.after;

CREATE TABLE quarter_pay AS
    SELECT id,
        CASE WHEN NOT bool_or(not_stated) AND NOT (SELECT bool_or(d.yes IS NULL) FROM day_state d WHERE d.id = e.id)
            THEN round(sum(coalesce(paid, 0)), 2) END AS euros
    FROM earned e WHERE id IN (SELECT id FROM day_state GROUP BY id HAVING some_day(yes) AND max(day) <= on_day())
    GROUP BY id;

SELECT 'all' AS stratum, 'pay' AS "row", s AS summary, count(euros) AS yes,
    CASE s WHEN 'median' THEN quantile_cont(euros, 0.5) WHEN 'p90' THEN quantile_cont(euros, 0.9) ELSE avg(euros) END AS value
FROM quarter_pay, (SELECT unnest(['median', 'p90', 'mean']) AS s) GROUP BY s;
