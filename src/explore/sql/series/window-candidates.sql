-- Series of campaigns whose amounts wander instead of jumping about, as totals of a window do: one row per series, with
-- its days in one text, "day spend impressions clicks reach" each (texts are much faster to hand over than lists). Of
-- amounts that know nothing of each other the squared steps are twice the variance, of totals of three days two thirds;
-- such totals rise on their first days, unless they begin amid a life, at several times the level and so calmer still.
-- Reads:  insights, series
-- Params: $steps (largest squared step of the calmest measure, in variances, over all series of the campaign)
WITH told AS (
  SELECT s.series, s.days, i.day, i.spend_minor, i.impressions, i.clicks, i.reach
  FROM insights AS i JOIN series AS s USING (account_id, campaign_id, entity)
  WHERE s.days >= 2
),
logs AS (
  SELECT series, day, ln(greatest(spend_minor, 0) + 1)::FLOAT AS a,
         ln(greatest(coalesce(impressions, reach), 0) + 1)::FLOAT AS b, ln(greatest(clicks, 0) + 1)::FLOAT AS c
  FROM told WHERE days >= 5
),
stepped AS (
  SELECT series, a, b, c, day = lag(day) OVER life AS again, row_number() OVER life <= 3 AS early,
         a - lag(a) OVER life AS a_step, b - lag(b) OVER life AS b_step, c - lag(c) OVER life AS c_step
  FROM logs WINDOW life AS (PARTITION BY series ORDER BY day)
),
moved AS (
  SELECT series,
         sum(a_step * a_step) AS a_moved, count(a) * var_pop(a) AS a_spread, bool_or(early AND a_step < -0.01) AS a_falls,
         sum(b_step * b_step) AS b_moved, count(b) * var_pop(b) AS b_spread, bool_or(early AND b_step < -0.01) AS b_falls,
         sum(c_step * c_step) AS c_moved, count(c) * var_pop(c) AS c_spread, bool_or(early AND c_step < -0.01) AS c_falls
  FROM stepped GROUP BY series HAVING NOT coalesce(bool_or(again), false)
),
chosen AS (
  SELECT account_id, campaign_id FROM moved JOIN series USING (series) GROUP BY ALL
  HAVING sum(a_moved) <= sum(a_spread) * CASE WHEN avg(a_falls::INTEGER) <= 0.5 THEN $steps ELSE 0.6 * $steps END
      OR sum(b_moved) <= sum(b_spread) * CASE WHEN avg(b_falls::INTEGER) <= 0.5 THEN $steps ELSE 0.6 * $steps END
      OR sum(c_moved) <= sum(c_spread) * CASE WHEN avg(c_falls::INTEGER) <= 0.5 THEN $steps ELSE 0.6 * $steps END
)
SELECT s.account_id AS account, s.campaign_id AS "campaignId", s.entity,
       string_agg(concat_ws(' ', t.day, coalesce(t.spend_minor::VARCHAR, '-'), coalesce(t.impressions::VARCHAR, '-'),
                            coalesce(t.clicks::VARCHAR, '-'), coalesce(t.reach::VARCHAR, '-')), ',' ORDER BY t.day) AS told
FROM told AS t JOIN series AS s USING (series)
SEMI JOIN chosen AS c ON c.account_id = s.account_id AND c.campaign_id = s.campaign_id
GROUP BY ALL ORDER BY account, "campaignId", s.entity
