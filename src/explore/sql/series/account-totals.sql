-- Series of accounts all of whose series hold running totals, from a day on: one row per series of two days and more.
-- A campaign of three days may rise by chance; that no ad set of dozens of campaigns falls in any measure, on any day
-- after the account's last fall, is none. evidence: the log of how rare that is at the rate at which campaigns of all
-- accounts rise from their first day to the second, and later; ad sets of a campaign count once a day.
-- Reads:  insights
-- Params: $fall (the largest fall, as a share, that is no fall), $account_evidence, $account_campaigns (fewest)
WITH daily AS (
  SELECT account_id, campaign_id, entity, day, sum(spend_minor) AS spend, sum(impressions) AS impressions, sum(clicks) AS clicks,
         sum(reach) AS reach
  FROM insights GROUP BY ALL
),
stepped AS (
  SELECT account_id, campaign_id, entity, day, lag(day) OVER life AS day_before, row_number() OVER life AS place,
         greatest(coalesce(spend < (1 - $fall) * lag(spend) OVER life, false),
                  coalesce(impressions < (1 - $fall) * lag(impressions) OVER life, false),
                  coalesce(clicks < (1 - $fall) * lag(clicks) OVER life, false),
                  coalesce(reach < (1 - $fall) * lag(reach) OVER life, false)) AS falls,
         coalesce(greatest(spend > (1 + $fall) * lag(spend) OVER life, impressions > (1 + $fall) * lag(impressions) OVER life), false) AS grows
  FROM daily WINDOW life AS (PARTITION BY account_id, campaign_id, entity ORDER BY day)
),
steps AS (
  SELECT account_id, campaign_id, day, bool_or(falls) AS falls, bool_or(grows) AS grows, least(min(place), 3) AS place
  FROM stepped WHERE day_before IS NOT NULL GROUP BY account_id, campaign_id, day
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
SELECT d.account_id AS account, d.campaign_id AS "campaignId", d.entity, 'all' AS subject, min(d.day) AS "from",
       max(d.day) AS until, count(*) AS rows, count(*) FILTER (WHERE d.place = 1 OR d.grows) AS grown,
       count(*) FILTER (WHERE d.place > 1 AND NOT d.grows) AS frozen, any_value(a.evidence) AS evidence
FROM stepped AS d JOIN accounts AS a ON a.account_id = d.account_id AND d.day > a.last_fall
GROUP BY d.account_id, d.campaign_id, d.entity HAVING count(*) >= 2
ORDER BY account, "campaignId", d.entity
