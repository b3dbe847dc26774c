-- Insight rows that repeat the ad set's day before in every measure, in runs of several; one row per repeat. Rows of
-- running totals are left out. money: the spend that is repeated.
-- Reads:  insights
-- Params: $repeats (fewest in a row), $accounts, $campaigns, $entities, $froms, $untils (running totals)
WITH totals AS (
  SELECT unnest($accounts::VARCHAR[]) AS account_id, unnest($campaigns::VARCHAR[]) AS campaign_id,
         unnest($entities::VARCHAR[]) AS entity, unnest($froms::VARCHAR[])::DATE AS from_day,
         unnest($untils::VARCHAR[])::DATE AS until_day
),
steps AS (
  SELECT account_id, campaign_id, entity, day, spend_minor, impressions, clicks, reach, file_id, line, row_number() OVER life AS place,
         coalesce(day > lag(day) OVER life AND spend_minor IS NOT DISTINCT FROM lag(spend_minor) OVER life
                  AND impressions IS NOT DISTINCT FROM lag(impressions) OVER life
                  AND clicks IS NOT DISTINCT FROM lag(clicks) OVER life AND reach IS NOT DISTINCT FROM lag(reach) OVER life
                  AND greatest(coalesce(impressions, 0), coalesce(reach, 0), coalesce(spend_minor, 0) / 100) >= 20, false) AS same
  FROM insights
  WINDOW life AS (PARTITION BY account_id, campaign_id, entity ORDER BY day, line)
),
runs AS (
  SELECT *, place - row_number() OVER (PARTITION BY account_id, campaign_id, entity ORDER BY place) AS run FROM steps WHERE same
),
counted AS (
  SELECT *, count(*) OVER (PARTITION BY account_id, campaign_id, entity, run) AS repeats FROM runs
)
SELECT c.campaign_id AS item, c.campaign_id AS label, c.account_id, c.spend_minor AS money_minor, NULL AS leads, c.file_id, c.line,
       c.campaign_id, c.entity AS ad_set, c.day, c.spend_minor, c.impressions, c.clicks, c.reach, c.repeats
FROM counted AS c
ANTI JOIN totals AS t ON t.account_id = c.account_id AND t.campaign_id = c.campaign_id AND t.entity = c.entity
                         AND c.day BETWEEN t.from_day AND t.until_day
WHERE c.repeats >= $repeats
