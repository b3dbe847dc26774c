-- Insight rows of series that hold totals of the last w days instead of the day's own amount, one row per row with the own
-- amount: from the start of a series each value less the one before, plus what left the window, gives the day's own; it
-- must never be negative. Of a daily series it is negative on every second day, so long non-negative ones are no chance.
-- money: spend reported beyond the day's own.
-- Reads:  insights
-- Params: $evidence (natural log of how unlikely it is by chance), $accounts, $campaigns, $entities, $froms, $untils
--         (running totals, as parallel lists)
WITH totals AS (
  SELECT unnest($accounts::VARCHAR[]) AS account_id, unnest($campaigns::VARCHAR[]) AS campaign_id,
         unnest($entities::VARCHAR[]) AS entity, unnest($froms::VARCHAR[])::DATE AS from_day,
         unnest($untils::VARCHAR[])::DATE AS until_day
),
-- Series of a week and more with one row for each day, as far as their days and rows can tell.
whole AS (
  SELECT account_id, campaign_id, entity, count(*) AS days FROM insights GROUP BY account_id, campaign_id, entity
  HAVING count(*) >= 8 AND count(*) = max(day) - min(day) + 1
),
placed AS (
  SELECT account_id, campaign_id, entity, file_id, line, day, days, spend_minor, impressions,
         coalesce(impressions, spend_minor, clicks)::BIGINT AS value, row_number() OVER life AS place,
         lag(coalesce(impressions, spend_minor, clicks)) OVER life AS value_before, lag(spend_minor) OVER life AS spend_before
  FROM insights JOIN whole USING (account_id, campaign_id, entity)
  WINDOW life AS (PARTITION BY account_id, campaign_id, entity ORDER BY day, line)
),
-- Those that rise at first and fall at some time.
fit AS (
  SELECT p.account_id, p.campaign_id, p.entity FROM placed AS p
  ANTI JOIN totals AS t ON t.account_id = p.account_id AND t.campaign_id = p.campaign_id AND t.entity = p.entity
  GROUP BY ALL
  HAVING count(*) FILTER (WHERE place <= 3 AND value < value_before) = 0 AND count(*) FILTER (WHERE value < 0.95 * value_before) > 0
),
windows AS (SELECT unnest([3, 7, 14, 28, 30]) AS width),
own AS (
  SELECT p.*, w.width,
         sum(p.value - coalesce(p.value_before, 0)) OVER left_over AS own_value,
         sum(p.spend_minor - coalesce(p.spend_before, 0)) OVER left_over AS own_spend
  FROM placed AS p
  JOIN fit USING (account_id, campaign_id, entity)
  JOIN windows AS w ON p.days > w.width
  WINDOW left_over AS (PARTITION BY p.account_id, p.campaign_id, p.entity, w.width, p.place % w.width ORDER BY p.place)
),
judged AS (
  SELECT account_id, campaign_id, entity, width, any_value(days) AS days,
         lgamma(width + 1) + (any_value(days) - width) * ln(2) AS evidence
  FROM own GROUP BY account_id, campaign_id, entity, width
  HAVING count(*) FILTER (WHERE own_value < -0.01 * value OR own_spend < -0.01 * spend_minor) = 0 AND max(own_value) > 0
),
best AS (
  SELECT account_id, campaign_id, entity, width, evidence FROM judged
  QUALIFY row_number() OVER (PARTITION BY account_id, campaign_id, entity ORDER BY evidence DESC, width) = 1
),
-- Ad sets of one campaign speak together.
held AS (
  SELECT *, sum(evidence) OVER (PARTITION BY account_id, campaign_id, width) AS together FROM best
)
SELECT o.campaign_id AS item, o.campaign_id AS label, o.account_id, (o.spend_minor - greatest(o.own_spend, 0))::BIGINT AS money_minor,
       NULL AS leads, o.file_id, o.line, o.campaign_id, o.entity AS ad_set, o.day, h.width AS window_days, o.spend_minor,
       o.own_spend::BIGINT AS own_spend_minor, o.impressions, o.own_value::BIGINT AS own_impressions, h.together AS evidence
FROM own AS o
JOIN held AS h ON h.account_id = o.account_id AND h.campaign_id = o.campaign_id AND h.entity = o.entity AND h.width = o.width
WHERE h.together >= $evidence
