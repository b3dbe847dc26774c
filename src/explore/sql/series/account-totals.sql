-- Series of accounts all of whose series hold running totals, from a day on: one row per series of two days and more.
-- A campaign of three days may rise by chance; that no ad set of dozens of campaigns falls in any measure, on any day
-- after the account's last fall, is none. evidence: the log of how rare that is at the rate at which campaigns of all
-- accounts rise from their first day to the second, and later; ad sets of a campaign count once a day.
-- Reads:  series, series_days
-- Params: $fall (the largest fall, as a share, that is no fall), $account_evidence, $account_campaigns (fewest)
WITH stepped AS MATERIALIZED (
  SELECT series, day, row_number() OVER life AS place,
         coalesce(spend < (1 - $fall) * lag(spend) OVER life, false) OR coalesce(impressions < (1 - $fall) * lag(impressions) OVER life, false)
           OR coalesce(clicks < (1 - $fall) * lag(clicks) OVER life, false) OR coalesce(reach < (1 - $fall) * lag(reach) OVER life, false) AS falls,
         coalesce(spend > (1 + $fall) * lag(spend) OVER life, false)
           OR coalesce(impressions > (1 + $fall) * lag(impressions) OVER life, false) AS grows
  FROM series_days WINDOW life AS (PARTITION BY series ORDER BY day)
),
steps AS (
  SELECT n.account_id, n.campaign_id, s.day, bool_or(s.falls) AS falls, bool_or(s.grows) AS grows, least(min(s.place), 3) AS place
  FROM stepped AS s JOIN series AS n USING (series) WHERE s.place > 1 GROUP BY n.account_id, n.campaign_id, s.day
),
usual AS (SELECT place, greatest(avg((NOT falls)::INTEGER), 0.05) AS rises FROM steps GROUP BY place),
last_fall AS (
  SELECT account_id, coalesce(max(day) FILTER (WHERE falls), DATE '0001-01-01') AS day FROM steps GROUP BY account_id
),
accounts AS (
  SELECT s.account_id, any_value(f.day) AS last_fall, -sum(ln(u.rises)) - ln((SELECT count(*) FROM last_fall)) AS evidence
  FROM steps AS s
  JOIN last_fall AS f ON f.account_id = s.account_id AND s.day > f.day
  JOIN usual AS u ON u.place = s.place
  GROUP BY s.account_id
  HAVING count(DISTINCT s.campaign_id) >= $account_campaigns AND avg(s.grows::INTEGER) >= 0.5
     AND evidence >= $account_evidence
)
SELECT n.account_id AS account, n.campaign_id AS "campaignId", n.entity, 'all' AS subject, min(d.day) AS "from",
       max(d.day) AS until, count(*) AS rows, count(*) FILTER (WHERE d.place = 1 OR d.grows) AS grown,
       count(*) FILTER (WHERE d.place > 1 AND NOT d.grows) AS frozen, any_value(a.evidence) AS evidence
FROM accounts AS a
JOIN series AS n ON n.account_id = a.account_id
JOIN stepped AS d ON d.series = n.series AND d.day > a.last_fall
GROUP BY n.account_id, n.campaign_id, n.entity HAVING count(*) >= 2
ORDER BY account, "campaignId", n.entity
