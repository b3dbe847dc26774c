-- One row per campaign that delivered in the last seven days with spend and has a daily budget: its days among these, what
-- it could spend on them and what it did.
-- Reads:  insights, campaigns
WITH ends AS (SELECT max(day) AS last_day FROM insights WHERE spend_minor > 0),
spent AS (
  SELECT i.account_id, i.campaign_id, sum(i.spend_minor)::BIGINT AS spend_minor, min(i.day) AS first_day
  FROM insights AS i, ends AS e WHERE i.day > e.last_day - 7 AND i.day <= e.last_day GROUP BY ALL
)
SELECT s.campaign_id, coalesce(c.campaign_name, s.campaign_id) AS name, s.spend_minor, c.daily_budget_minor,
       least(coalesce(c.stop_time::DATE, e.last_day), e.last_day)
       - greatest(coalesce(c.start_time::DATE, s.first_day), e.last_day - 6) + 1 AS days
FROM spent AS s JOIN campaigns AS c USING (account_id, campaign_id), ends AS e
WHERE c.daily_budget_minor > 0 AND coalesce(c.stop_time::DATE, e.last_day) >= e.last_day
  AND days >= 3
ORDER BY s.account_id, s.campaign_id
