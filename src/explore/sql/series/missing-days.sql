-- Days without rows of ad sets that report before and after (within a week): one row per account and day on which far
-- more of them skip than chance explains. everywhere: nobody at all reports that day.
-- Reads:  insights
-- Params: $gaps (fewest ad sets that skip), $chance (largest chance, over all account days together)
WITH lives AS (
  SELECT account_id, campaign_id, entity, day, sum(spend_minor) AS spend_minor FROM insights GROUP BY ALL
),
steps AS (
  SELECT *, lag(day) OVER life AS day_before, lead(day) OVER life AS day_after, lead(spend_minor) OVER life AS spend_after
  FROM lives WINDOW life AS (PARTITION BY account_id, campaign_id, entity ORDER BY day)
),
skipped AS (
  SELECT account_id, unnest(range(day + 1, day_after, INTERVAL 1 DAY))::DATE AS day,
         (coalesce(spend_minor, 0) + coalesce(spend_after, 0)) / 2 AS spend_minor
  FROM steps WHERE day_after - day BETWEEN 2 AND 7
),
told AS (
  SELECT account_id, day, count(*) AS told FROM steps WHERE day_before IS NOT NULL AND day_after IS NOT NULL GROUP BY ALL
),
counted AS (
  SELECT account_id, day, coalesce(s.gaps, 0) AS gaps, coalesce(t.told, 0) AS told, s.spend_minor
  FROM (SELECT account_id, day, count(*) AS gaps, sum(spend_minor)::BIGINT AS spend_minor FROM skipped GROUP BY ALL) AS s
  FULL JOIN told AS t USING (account_id, day)
),
usual AS (
  SELECT greatest(sum(gaps) / sum(gaps + told), 0.02) AS skips, count(*) AS cases FROM counted
),
days AS (
  SELECT day, sum(gaps)::BIGINT AS gaps, sum(told)::BIGINT AS told, count(*) FILTER (WHERE gaps > 0) AS accounts
  FROM counted GROUP BY day
),
outages AS (
  SELECT d.day FROM days AS d, usual AS u
  WHERE d.gaps >= $gaps AND d.told <= 0.1 * d.gaps
    AND (d.accounts >= 2 OR (SELECT count(DISTINCT account_id) FROM lives) = 1)
    AND d.gaps * ln(u.skips) + ln(u.cases) < ln($chance)
)
SELECT c.account_id AS account, c.day, c.gaps, coalesce(c.spend_minor, 0)::BIGINT AS spend, o.day IS NOT NULL AS everywhere
FROM counted AS c
LEFT JOIN outages AS o ON o.day = c.day, usual AS u
WHERE (o.day IS NOT NULL AND c.gaps > 0)
   OR (c.gaps >= $gaps AND c.told <= 0.1 * c.gaps AND c.gaps * ln(u.skips) + ln(u.cases) < ln($chance))
ORDER BY c.day, account
