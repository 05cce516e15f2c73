-- Months from the first job on or after entry to the end of this job. Rule B without a gap: the window closes at C - 1.
CREATE TABLE follow_up AS
    WITH started AS (
        SELECT month_index(j.start) AS began, month_index(coalesce(r.after, DATE '9999-12-31')) AS ended,
            month_index(least(o.unobserved, o.died, o.gone)) - 1 AS window_end
        FROM first_placement(['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I']) j
        JOIN recorded_spell r USING (id, spell, kind) JOIN observation o USING (id)
    )
    SELECT least(ended, window_end) - began AS time, ended <= window_end AS event FROM started WHERE began < window_end;
