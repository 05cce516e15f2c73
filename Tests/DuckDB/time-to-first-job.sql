-- Months from entry to the first job; observation ends with the last confirmed day, death, or leaving the country. A month
-- that was not observed to its end shows no job.
CREATE TABLE follow_up AS
    WITH known AS (
        SELECT p.id, p.entry, least(o.unobserved, o.died, o.gone) AS cut,
            (SELECT min(s.start) FROM placement s WHERE s.id = p.id
                AND s.kind IN ('SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I')) AS began
        FROM participation p JOIN observation o USING (id)
    )
    SELECT month_index(least(began, cut)) - month_index(entry) AS time,
        coalesce(month_index(began) < month_index(cut), false) AS event
    FROM known WHERE month_index(entry) <= month_index(cut);
