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
    WITH asked AS (
        SELECT id, some_day(yes) AS works, max(day) <= on_day() AS due, count(yes) = count(*) AS is_known FROM day_state GROUP BY id
    ),
    paid AS (SELECT id, bool_or(not_stated) AS not_stated, round(sum(coalesce(paid, 0)), 2) AS euros FROM earned GROUP BY id)
    SELECT id, works, due, CASE WHEN due AND works AND is_known AND NOT not_stated THEN euros END AS euros
    FROM asked JOIN paid USING (id);

SELECT 'all' AS stratum, 'pay' AS "row", s AS summary, count(euros) AS yes,
    count(*) FILTER (due AND works AND euros IS NULL) AS unknown, count(*) FILTER (NOT due) AS not_due,
    count(*) FILTER (due AND NOT works) AS not_asked, count(*) FILTER (due AND works IS NULL) AS asked_unknown,
    CASE s WHEN 'median' THEN quantile_cont(euros, 0.5) WHEN 'p90' THEN quantile_cont(euros, 0.9) ELSE avg(euros) END AS value
FROM quarter_pay, (SELECT unnest(['median', 'p90', 'mean']) AS s) GROUP BY s;
