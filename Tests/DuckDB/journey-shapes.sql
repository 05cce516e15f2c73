-- The state on the day of entry and on the same day of each of the 23 months after it; the first that holds counts, and
-- none is taken while an earlier one is not known. Then the orders of states, the most frequent ten.
CREATE TABLE looked AS
    SELECT id, period, months_after(entry, period) AS day FROM participation JOIN observation o USING (id),
        (SELECT unnest(generate_series(0, 23)) AS period)
    WHERE entry < o.unobserved AND (o.gone IS NULL OR entry < o.gone) AND (o.died IS NULL OR entry < o.died)
        AND months_after(entry, 23) <= on_day();

CREATE TABLE stayed AS
    SELECT l.id, l.period,
        CASE WHEN o.died <= l.day OR o.gone <= l.day THEN 0
            WHEN NOT observed(l.id, l.day) THEN 6
            WHEN working(l.id, l.day, ['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I']) THEN 1
            WHEN working(l.id, l.day, ['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I']) IS NULL THEN 6
            WHEN working(l.id, l.day, ['DUAL', 'SCHOOL_VOC', 'EQ']) THEN 2
            WHEN working(l.id, l.day, ['DUAL', 'SCHOOL_VOC', 'EQ']) IS NULL THEN 6
            WHEN working(l.id, l.day, ['SCHOOL']) THEN 3
            WHEN working(l.id, l.day, ['SCHOOL']) IS NULL THEN 6
            WHEN l.day <= coalesce(p.exit, DATE '9999-12-31') THEN 4
            ELSE 5 END AS state
    FROM looked l JOIN observation o USING (id) JOIN participation p USING (id);

WITH turn AS (
    SELECT id, period, state, (state IS DISTINCT FROM lag(state) OVER (PARTITION BY id ORDER BY period))::INT AS is_new FROM stayed
),
spell AS (
    SELECT id, place, any_value(state) AS state, count(*) AS periods
    FROM (SELECT *, sum(is_new) OVER (PARTITION BY id ORDER BY period) AS place FROM turn) GROUP BY id, place
),
way AS (
    SELECT id, list(state ORDER BY place) AS states FROM spell GROUP BY id
),
shape AS (
    SELECT states, count(*) AS people FROM way GROUP BY states
),
ranked AS (
    SELECT *, row_number() OVER (ORDER BY people DESC, len(states), states) AS rank, sum(people) OVER () AS everybody FROM shape
),
step AS (
    SELECT r.rank, s.place, any_value(s.state) AS state, sum(s.periods) / any_value(r.people) AS mean
    FROM ranked r JOIN way w USING (states) JOIN spell s USING (id) WHERE r.rank <= 10 GROUP BY r.rank, s.place
)
SELECT 'all' AS stratum, r.rank,
    (SELECT string_agg(['gone', 'work', 'training', 'school', 'programme', 'out', 'NA'][s.state + 1] || ':'
            || CASE WHEN s.mean = floor(s.mean) THEN s.mean::BIGINT::VARCHAR ELSE s.mean::VARCHAR END, '>' ORDER BY s.place)
        FROM step s WHERE s.rank = r.rank) AS shape,
    r.people, r.people / r.everybody AS share
FROM ranked r WHERE r.rank <= 10;
