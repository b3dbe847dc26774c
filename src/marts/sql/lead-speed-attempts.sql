-- One row per number of attempts (5 = five or more) of contacted leads: how many, how many got beyond attempting, and how
-- many stand there still, by age: under a day, a week, 30 days, older.
-- Reads:  lead_waits
SELECT least(attempts, 5) AS attempts, count(*) AS leads,
       count(*) FILTER (WHERE stage IN ('engaged', 'qualified', 'meeting', 'won', 'lost')) AS reached,
       count(*) FILTER (WHERE stage = 'attempting' AND age_days < 1) AS day,
       count(*) FILTER (WHERE stage = 'attempting' AND age_days >= 1 AND age_days < 7) AS week,
       count(*) FILTER (WHERE stage = 'attempting' AND age_days >= 7 AND age_days < 30) AS month,
       count(*) FILTER (WHERE stage = 'attempting' AND age_days >= 30) AS older
FROM lead_waits WHERE contact = 'touched' GROUP BY 1 ORDER BY 1;
