-- Insight rows of campaign days whose spend exceeds the daily budget, one row per row; running totals are left out.
-- money: the row's part of the excess.
-- Reads:  insights, campaigns
-- Params: $over (smallest excess that counts, as a share), $accounts, $campaigns, $entities, $froms, $untils
WITH totals AS (
  SELECT unnest($accounts::VARCHAR[]) AS account_id, unnest($campaigns::VARCHAR[]) AS campaign_id,
         unnest($entities::VARCHAR[]) AS entity, unnest($froms::VARCHAR[])::DATE AS from_day,
         unnest($untils::VARCHAR[])::DATE AS until_day
),
told AS (
  SELECT i.account_id, i.campaign_id, i.entity, i.day, i.spend_minor, i.file_id, i.line FROM insights AS i
  ANTI JOIN totals AS t ON t.account_id = i.account_id AND t.campaign_id = i.campaign_id AND t.entity = i.entity
                           AND i.day BETWEEN t.from_day AND t.until_day
),
days AS (
  SELECT account_id, campaign_id, day, sum(spend_minor)::BIGINT AS day_spend_minor FROM told GROUP BY account_id, campaign_id, day
),
exceeding AS (
  SELECT d.*, c.daily_budget_minor
  FROM days AS d JOIN campaigns AS c ON c.account_id = d.account_id AND c.campaign_id = d.campaign_id
  WHERE c.daily_budget_minor > 0 AND d.day_spend_minor > c.daily_budget_minor * (1 + $over)
)
SELECT campaign_id AS item, campaign_id AS label, account_id,
       round((day_spend_minor - daily_budget_minor) * (spend_minor / day_spend_minor))::BIGINT AS money_minor,
       NULL AS leads, file_id, line, campaign_id, entity AS ad_set, day, spend_minor, day_spend_minor, daily_budget_minor,
       round(day_spend_minor / daily_budget_minor, 2) AS times_budget
FROM told JOIN exceeding USING (account_id, campaign_id, day)
