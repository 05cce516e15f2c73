-- Months from the first job on or after entry to the first interruption of more than one month of all work (rule B:
-- the window closes at C - gap - 1). Months of boundaries: a job from a day in January to the end of March goes from
-- January's number to April's.
SET VARIABLE work = ['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I'];

-- C is the month of the first day that nobody observed.
CREATE TABLE started AS
    SELECT j.id, month_index(j.start) AS began,
        month_index(least(o.unobserved, o.died, o.gone)) AS cut, month_index(least(o.unobserved, o.died, o.gone)) - 2 AS window_end
    FROM first_placement(getvariable('work')) j JOIN observation o USING (id);

-- The union of the spells in months, as far as the next one starts; a job from before that still goes on counts, too.
CREATE TABLE worked AS
    SELECT r.id, month_index(r.start) AS "from", max(month_index(coalesce(r.after, DATE '9999-12-31'))) OVER past AS until,
        lead(month_index(r.start)) OVER past AS next
    FROM recorded_spell r JOIN first_placement(getvariable('work')) j ON j.id = r.id AND coalesce(r.after, DATE '9999-12-31') > j.start
    WHERE list_contains(getvariable('work'), r.kind)
    WINDOW past AS (PARTITION BY r.id ORDER BY r.start, r.spell::INT);

CREATE TABLE follow_up AS
    WITH lost AS (
        SELECT id, min(until) AS day FROM worked WHERE next IS NULL OR next - until > 1 GROUP BY id
    )
    SELECT s.id, s.began, least(l.day, s.window_end) - s.began AS time, l.day <= s.window_end AS event
    FROM started s JOIN lost l USING (id) WHERE s.began < s.window_end;
