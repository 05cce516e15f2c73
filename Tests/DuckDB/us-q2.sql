-- Unsubsidised work in the second calendar quarter after that of the exit: `work_in_quarter` in base.sql.
CREATE TABLE verdict AS FROM work_in_quarter(2, 'q2');
