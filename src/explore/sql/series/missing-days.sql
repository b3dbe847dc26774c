-- Days without rows of ad sets that report before and after (within a week): one row per account and day on which far
-- more of them skip than chance explains; and per campaign and day without any row in the middle of its life on which its
-- leads came at no less than two fifths of their pace around (after a pause they hardly come). everywhere: nobody at all
-- reports that day.
-- Reads:  insights, leads
-- Params: $gaps (fewest ad sets that skip), $chance (largest chance, over all account days together), $leads (fewest that
--         came on days without rows)
-- A day on which (nearly) all rows tell zeros, where rows seldom do, tells nothing: it is as if it were not there.
WITH blank AS (
  SELECT day FROM (
    SELECT day, count(*) AS rows, count(*) FILTER (WHERE greatest(spend_minor, impressions, clicks, reach) = 0) AS zeros
    FROM insights GROUP BY day
  ) QUALIFY rows >= $gaps AND zeros >= 0.9 * rows AND sum(zeros) OVER () <= 0.2 * sum(rows) OVER ()
),
lives AS (
  SELECT account_id, campaign_id, entity, day, sum(spend_minor) AS spend_minor FROM insights ANTI JOIN blank USING (day) GROUP BY ALL
),
spans AS (
  SELECT account_id, campaign_id, entity, min(day) AS first_day, max(day) AS last_day, count(*) AS days FROM lives GROUP BY account_id, campaign_id, entity
),
-- Series with holes alone: the others have nothing to show between two days.
steps AS (
  SELECT *, lead(day) OVER life AS day_after, lead(spend_minor) OVER life AS spend_after
  FROM lives SEMI JOIN (FROM spans WHERE days <= last_day - first_day) USING (account_id, campaign_id, entity)
  WINDOW life AS (PARTITION BY account_id, campaign_id, entity ORDER BY day)
),
skipped AS (
  SELECT account_id, unnest(range(day + 1, day_after, INTERVAL 1 DAY))::DATE AS day,
         (coalesce(spend_minor, 0) + coalesce(spend_after, 0)) / 2 AS spend_minor
  FROM steps WHERE day_after - day BETWEEN 2 AND 7
),
told AS (
  SELECT account_id, day, count(*) AS told FROM lives JOIN spans USING (account_id, campaign_id, entity)
  WHERE day > first_day AND day < last_day GROUP BY ALL
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
-- Days without a single row, where several campaigns a day deliver in the two weeks around and leads came as ever.
delivered AS (SELECT day, count(DISTINCT campaign_id) AS campaigns FROM lives GROUP BY day),
came AS (SELECT day, count(*) AS leads FROM leads GROUP BY day),
calendar AS (
  SELECT c.day::DATE AS day, coalesce(d.campaigns, 0) AS campaigns, coalesce(l.leads, 0) AS leads
  FROM (SELECT unnest(range(quantile_disc(day, 0.001), quantile_disc(day, 0.999) + 1, INTERVAL 1 DAY)) AS day FROM lives) AS c
  LEFT JOIN delivered AS d ON d.day = c.day::DATE LEFT JOIN came AS l ON l.day = c.day::DATE
),
silent AS (
  SELECT day FROM (
    SELECT day, campaigns, leads, median(campaigns) OVER around AS usual, median(leads) OVER around AS usual_leads
    FROM calendar WINDOW around AS (ORDER BY day ROWS BETWEEN 10 PRECEDING AND 10 FOLLOWING)
  ) WHERE campaigns = 0 AND usual >= 5 AND leads >= greatest($leads, 0.4 * usual_leads)
),
outages AS (
  SELECT d.day FROM days AS d, usual AS u
  WHERE d.gaps >= $gaps AND d.told <= 0.1 * d.gaps
    AND (d.accounts >= 2 OR (SELECT count(DISTINCT account_id) FROM lives) = 1)
    AND d.gaps * ln(u.skips) + ln(u.cases) < ln($chance)
  UNION
  -- Where campaigns live a day or two, few ad sets span a hole of days; leads that came all the same tell it too.
  SELECT day FROM silent
),
campaign_days AS (SELECT DISTINCT account_id, campaign_id, day FROM lives),
holes AS (
  SELECT *, lead(day) OVER (PARTITION BY account_id, campaign_id ORDER BY day) AS day_after FROM campaign_days
  QUALIFY day_after - day BETWEEN 2 AND 8
),
paces AS (
  SELECT h.account_id, h.campaign_id, h.day, h.day_after, count(*) AS told
  FROM holes AS h
  JOIN campaign_days AS d ON d.account_id = h.account_id AND d.campaign_id = h.campaign_id
                             AND d.day BETWEEN h.day - 6 AND h.day_after + 6
  GROUP BY ALL
),
held AS (
  SELECT p.account_id, p.campaign_id, p.day, p.day_after
  FROM paces AS p
  JOIN leads AS l ON l.account_id = p.account_id AND l.campaign_id = p.campaign_id
                     AND l.day BETWEEN p.day - 6 AND p.day_after + 6
  GROUP BY ALL
  HAVING count(*) FILTER (WHERE l.day > p.day AND l.day < p.day_after)
         >= greatest($leads, 0.4 * (p.day_after - p.day - 1) * count(*) FILTER (WHERE l.day <= p.day OR l.day >= p.day_after)
                             / any_value(p.told))
),
whole AS (
  SELECT c.account_id, c.day FROM counted AS c
  LEFT JOIN outages AS o ON o.day = c.day, usual AS u
  WHERE (o.day IS NOT NULL AND c.gaps > 0)
     OR (c.gaps >= $gaps AND c.told <= 0.1 * c.gaps AND c.gaps * ln(u.skips) + ln(u.cases) < ln($chance))
)
SELECT c.account_id AS account, '' AS "campaignId", c.day, c.gaps, coalesce(c.spend_minor, 0)::BIGINT AS spend, o.day IS NOT NULL AS everywhere
FROM whole AS w
JOIN counted AS c ON c.account_id = w.account_id AND c.day = w.day
LEFT JOIN outages AS o ON o.day = c.day
UNION ALL
SELECT s.account_id, s.campaign_id, m.day, count(*), sum((coalesce(s.spend_minor, 0) + coalesce(s.spend_after, 0)) / 2)::BIGINT, false
FROM (SELECT account_id, campaign_id, unnest(range(day + 1, day_after, INTERVAL 1 DAY))::DATE AS day FROM held) AS m
ANTI JOIN whole AS w ON w.account_id = m.account_id AND w.day = m.day
JOIN steps AS s ON s.account_id = m.account_id AND s.campaign_id = m.campaign_id AND s.day < m.day AND s.day_after > m.day
GROUP BY ALL
ORDER BY 3, 1, 2
