-- Of all entries: a placement in work subject to social insurance, training or school from entry on, up to the
-- reference day. Training before work before school, as far as anybody has seen: the three add up to all placed. Who has none is not
-- known while part of the time was not observed.
CREATE TABLE placed AS
    SELECT p.id, p.exit,
        coalesce(bool_or(s.kind IN ('DUAL', 'SCHOOL_VOC')), false) AS training,
        coalesce(bool_or(s.kind = 'SVP'), false) AS work,
        coalesce(bool_or(s.kind = 'SCHOOL'), false) AS school,
        -- Everything up to the reference day is known of those observed so long, and of the dead.
        any_value(o.died IS NOT NULL AND o.died <= o.unobserved OR o.unobserved > on_day() AND o.gone IS NULL) AS known
    FROM participation p JOIN observation o USING (id) LEFT JOIN placement s ON s.id = p.id
    GROUP BY p.id, p.exit;

CREATE MACRO or_unknown(found, known) AS CASE WHEN found THEN true WHEN known THEN false END;

CREATE TABLE verdict AS
    WITH wide AS (
        SELECT exit IS NOT NULL AS left_it,
            or_unknown(training OR work OR school, known) AS a,
            or_unknown(training, known) AS t,
            or_unknown(work, known) AND NOT training AS w,
            or_unknown(school, known) AND NOT (training OR work) AS s, known
        FROM placed
    )
    SELECT 'all' AS stratum, r."row", 0 AS horizon, false AS excluded, true AS due,
        r."row" <> 'any-of-exits' OR left_it AS asked,
        CASE r."row" WHEN 'training' THEN t WHEN 'work' THEN w WHEN 'school' THEN s ELSE a END AS yes,
        known AS whole
    FROM wide, (SELECT unnest(['any', 'training', 'work', 'school', 'any-of-exits']) AS "row") r;
