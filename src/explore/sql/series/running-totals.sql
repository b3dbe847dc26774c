-- One row per stretch in which a series never falls and which begins and ends as a count does, with what tells running
-- totals from daily amounts. subject: the measures looked at together ("all"), all but spend ("counts") where spend alone
-- falls, or one alone where it falls far less often than the others.
-- Reads:  series, series_days, campaigns
-- Params: $fall (the largest fall, as a share, that is a correction and no fall), $alone_days (fewest days of an entity
--         whose measures are also looked at one by one), $frozen_days (fewest repeats that are no chance), $evidence,
--         $chance (largest chance of few rising days that campaigns of such budgets would show, over all such campaigns)
WITH lengths AS (SELECT series, count(*) AS days FROM series_days GROUP BY series),
stepped AS (
  SELECT 'all' AS subject, d.*, l.days, lag(spend) OVER life AS spend_before, lag(impressions) OVER life AS impressions_before,
         lag(clicks) OVER life AS clicks_before, lag(reach) OVER life AS reach_before, row_number() OVER life AS place
  FROM series_days AS d JOIN lengths AS l USING (series)
  WHERE l.days >= 3 AND coalesce(spend, impressions, clicks, reach) IS NOT NULL
  WINDOW life AS (PARTITION BY series ORDER BY day)
),
falling AS (
  SELECT series, CASE WHEN any_value(days) >= $alone_days THEN any_value(days) / 8 ELSE 0 END AS allowed,
         count(*) FILTER (WHERE spend < spend_before * (1 - $fall)) AS spend_falls,
         count(*) FILTER (WHERE impressions < impressions_before * (1 - $fall)) AS impressions_falls,
         count(*) FILTER (WHERE clicks < clicks_before * (1 - $fall)) AS clicks_falls,
         count(*) FILTER (WHERE reach < reach_before * (1 - $fall)) AS reach_falls,
         count(*) FILTER (WHERE spend < spend_before * (1 - $fall) OR impressions < impressions_before * (1 - $fall)
                          OR clicks < clicks_before * (1 - $fall) OR reach < reach_before * (1 - $fall)) AS falls,
         count(impressions) > 0 AND count(coalesce(clicks, reach)) > 0 AS counts
  FROM stepped WHERE days >= 5 GROUP BY series
),
-- Series of one measure that fall at most once in eight days (never, where they are short), while all measures together
-- fall twice as often.
steady AS (
  SELECT series FROM falling
  WHERE falls >= greatest(1, 2 * allowed)
    AND least(spend_falls, CASE WHEN allowed > 0 THEN least(impressions_falls, clicks_falls, reach_falls) END) <= allowed
),
-- Entities whose counts never fall while their spend does.
counted AS (
  SELECT series FROM falling
  WHERE spend_falls > 0 AND impressions_falls + clicks_falls + reach_falls = 0 AND counts
),
steps AS (
  SELECT * FROM stepped
  UNION ALL
  SELECT s.* REPLACE ('counts' AS subject) FROM stepped AS s SEMI JOIN counted USING (series)
  UNION ALL
  SELECT unnest(['spend_minor', 'impressions', 'clicks', 'reach']), s.* EXCLUDE (subject)
  FROM stepped AS s SEMI JOIN steady USING (series)
),
turns AS (
  SELECT CASE WHEN subject = 'counts' AND spend > 0 THEN spend
              WHEN subject = 'spend_minor' AND impressions > 0 THEN impressions ELSE 1 END AS paid,
         * REPLACE (CASE WHEN subject IN ('all', 'spend_minor') THEN spend END AS spend,
                    CASE WHEN subject IN ('all', 'counts', 'impressions') THEN impressions END AS impressions,
                    CASE WHEN subject IN ('all', 'counts', 'clicks') THEN clicks END AS clicks,
                    CASE WHEN subject IN ('all', 'counts', 'reach') THEN reach END AS reach)
  FROM steps
),
measured AS (
  SELECT subject, series, day, place, paid,
         coalesce(spend, impressions, reach, clicks) AS value, coalesce(impressions, spend, reach, clicks) AS other,
         CASE WHEN place > 1 THEN
           CASE WHEN spend IS NOT NULL THEN spend_before WHEN impressions IS NOT NULL THEN impressions_before
                WHEN reach IS NOT NULL THEN reach_before ELSE clicks_before END END AS value_before,
         CASE WHEN place > 1 THEN
           CASE WHEN impressions IS NOT NULL THEN impressions_before WHEN spend IS NOT NULL THEN spend_before
                WHEN reach IS NOT NULL THEN reach_before ELSE clicks_before END END AS other_before,
         place = 1 OR coalesce(spend < spend_before * (1 - $fall), false)
           OR coalesce(impressions < impressions_before * (1 - $fall), false)
           OR coalesce(clicks < clicks_before * (1 - $fall), false)
           OR coalesce(reach < reach_before * (1 - $fall), false) AS falls,
         place > 1 AND coalesce(abs(spend - spend_before) <= spend_before * 0.001, true)
           AND coalesce(abs(impressions - impressions_before) <= impressions_before * 0.001, true)
           AND coalesce(abs(clicks - clicks_before) <= clicks_before * 0.001, true)
           AND coalesce(abs(reach - reach_before) <= reach_before * 0.001, true)
           AND coalesce(impressions, reach, spend, clicks) >= 20 AS same
  FROM turns
  WHERE coalesce(spend, impressions, reach, clicks) IS NOT NULL
),
runs AS (
  SELECT *, sum(falls::INTEGER) OVER life AS run, lead(value) OVER life AS value_after, lead(falls) OVER life AS falls_after,
         CASE WHEN falls THEN value WHEN NOT same THEN greatest(value - value_before, value * 0.001) END AS amount,
         CASE WHEN falls THEN other WHEN NOT same THEN greatest(other - other_before, other * 0.001) END AS other_amount
  FROM measured
  WINDOW life AS (PARTITION BY subject, series ORDER BY day)
),
-- A day that falls before one that falls is no stretch.
stretches AS (
  SELECT subject, series, run, min(day) AS first_day, max(day) AS last_day, count(*) AS rows,
         count(amount) AS grown, count(*) FILTER (WHERE same) AS frozen, min(place) = 1 AS first,
         arg_max_null(value_after, place) IS NULL AS last,
         arg_min_null(value, place) AS start, max(value) AS top, median(amount) FILTER (WHERE NOT falls) AS step,
         sum(CASE WHEN NOT falls AND amount > 0 AND other_amount > 0
                  THEN (ln(value / amount) + ln(other / other_amount)) / 2 END) AS gain,
         coalesce(stddev_pop(ln(CASE WHEN amount > 0 AND value > 0 THEN value / paid END)), 0) AS value_spread,
         coalesce(stddev_pop(ln(CASE WHEN amount > 0 THEN amount / paid END)), 0) AS step_spread
  FROM runs WHERE NOT (falls AND coalesce(falls_after, true))
  GROUP BY ALL
  HAVING (min(place) = 1 OR arg_min_null(value, place) <= 0.7 * arg_min_null(value_before, place)
          OR arg_min_null(value, place) <= 1.5 * median(amount) FILTER (WHERE NOT falls))
     AND (arg_max_null(value_after, place) IS NULL OR arg_max_null(value_after, place) <= 0.6 * max(value))
),
-- evidence: the log of how much likelier daily steps are than daily values, plus five per day that repeats the day before
-- in every measure (spend alone stands still at its budget).
weighed AS (
  SELECT s.*, n.account_id, n.campaign_id, n.entity, least(coalesce(gain, 0), ln(rows) * (grown - 1)) + grown * ln((value_spread + 0.2) / (step_spread + 0.2))
           + CASE WHEN subject = 'all' THEN least(5 * frozen, 30) ELSE 0 END AS evidence,
         CASE WHEN grown = 1 THEN subject = 'all' AND first AND frozen >= $frozen_days
                                  AND 2 * (last_day - greatest(first_day, c.stop_time::DATE + 1) + 1) >= last_day - first_day + 1
              WHEN frozen >= $frozen_days AND subject = 'all' THEN start <= 3 * step
              ELSE grown >= 4 AND start * (grown - 1) <= 1.5 * (top - start) END AS shaped,
         grown >= 4 AND start * (grown - 1) <= 2 * (top - start) AS about_shaped
  FROM stretches AS s
  JOIN series AS n USING (series)
  LEFT JOIN campaigns AS c ON c.account_id = n.account_id AND c.campaign_id = n.campaign_id
),
-- What stands alone; what stands with the other series of its campaign; what is short, and all of the campaign is so to
-- its end, and only its steps are shares of a budget such as campaigns spend; and the rest of a campaign found so.
strong AS (
  SELECT *, shaped AND evidence >= CASE subject WHEN 'all' THEN $evidence ELSE 1.5 * $evidence END AS alone,
         (shaped OR about_shaped) AND subject IN ('all', 'counts', 'spend_minor') AND evidence >= $evidence / 4 AS weak,
         subject = 'all' AND last AND grown >= 3 AND frozen < $frozen_days AS short
  FROM weighed
),
shorts AS MATERIALIZED (
  SELECT h.account_id, h.campaign_id, h.first_day FROM (
    SELECT account_id, campaign_id, min(first_day) AS first_day, sum(rows) AS rows FROM strong WHERE short GROUP BY ALL
  ) AS h
  JOIN series AS n ON n.account_id = h.account_id AND n.campaign_id = h.campaign_id
  JOIN series_days AS d ON d.series = n.series AND d.day >= h.first_day
  GROUP BY h.account_id, h.campaign_id, h.first_day HAVING any_value(h.rows) >= 0.8 * count(*)
),
-- Ad sets of a campaign share one budget and rise together, so that few rising days are no evidence, in however many of
-- them: what parts totals from days is what share of the budget they are. One row per campaign and day after the first.
shares AS MATERIALIZED (
  SELECT account_id, campaign_id, day, spend / budget AS ratio,
         greatest(spend - lag(spend) OVER life, 0.02 * budget) / budget AS own_ratio, lag(day) OVER life AS day_before
  FROM (
    SELECT c.account_id, c.campaign_id, d.day, sum(d.spend) AS spend, any_value(c.daily_budget_minor)::DOUBLE AS budget
    FROM series_days AS d JOIN series AS n USING (series)
    JOIN campaigns AS c ON c.account_id = n.account_id AND c.campaign_id = n.campaign_id
    WHERE c.daily_budget_minor > 0 GROUP BY c.account_id, c.campaign_id, d.day
  )
  WHERE spend > 0 WINDOW life AS (PARTITION BY account_id, campaign_id ORDER BY day)
),
-- How often a day of the other campaigns spends such a share, in steps of a twentieth of its log, smoothed.
counted_shares AS (
  SELECT floor(20 * ln(ratio))::INTEGER AS bin, count(*) AS days
  FROM shares ANTI JOIN shorts USING (account_id, campaign_id) WHERE day_before IS NOT NULL GROUP BY bin
),
densities AS (
  SELECT bin + step AS bin, sum(days) / 3 AS days
  FROM counted_shares, (SELECT unnest([-1, 0, 1]) AS step) GROUP BY bin + step
),
likelier AS (
  SELECT s.account_id, s.campaign_id, count(*) AS steps,
         sum(ln((coalesce(o.days, 0) + 0.2) / s.own_ratio) - ln((coalesce(v.days, 0) + 0.2) / s.ratio)) AS gain
  FROM shares AS s
  JOIN shorts AS h ON h.account_id = s.account_id AND h.campaign_id = s.campaign_id AND s.day_before >= h.first_day
  LEFT JOIN densities AS o ON o.bin = floor(20 * ln(s.own_ratio))::INTEGER
  LEFT JOIN densities AS v ON v.bin = floor(20 * ln(s.ratio))::INTEGER
  GROUP BY s.account_id, s.campaign_id
),
-- Chance: so many campaigns as rise to the second day, and then on each later one, would rise as long by themselves.
rising AS (
  SELECT place, greatest(avg((NOT falls)::INTEGER), 0.05) AS share FROM (
    SELECT n.account_id, n.campaign_id, m.day, bool_or(m.falls) AS falls, least(min(m.place), 3) AS place
    FROM measured AS m JOIN series AS n USING (series) WHERE m.subject = 'all' AND m.place > 1 GROUP BY ALL
  ) GROUP BY place
),
lives AS (SELECT count(*) AS days FROM shares GROUP BY account_id, campaign_id),
beyond AS (
  SELECT l.account_id, l.campaign_id FROM likelier AS l
  WHERE l.gain - ln((SELECT count(*) FROM lives WHERE days > l.steps)) - ln((SELECT max(share) FROM rising WHERE place = 2))
        - (l.steps - 1) * ln((SELECT max(share) FROM rising WHERE place = 3)) >= -ln($chance)
),
held AS (
  SELECT s.*, bool_or(alone) OVER campaign
           AND NOT bool_or(alone) OVER (PARTITION BY s.series) AS beside,
         sum(CASE WHEN weak THEN evidence END) OVER campaign >= 1.4 * $evidence
           AND count(*) FILTER (WHERE weak) OVER campaign >= 2
           AND sum(CASE WHEN weak THEN rows END) OVER campaign >= 0.6 * d.days AS together,
         short AND o.campaign_id IS NOT NULL AS over_budget
  FROM strong AS s
  SEMI JOIN (SELECT account_id, campaign_id FROM strong WHERE alone OR weak OR short) AS w USING (account_id, campaign_id)
  JOIN (SELECT account_id, campaign_id, sum(l.days) AS days FROM lengths AS l JOIN series USING (series) GROUP BY ALL) AS d USING (account_id, campaign_id)
  LEFT JOIN beyond AS o USING (account_id, campaign_id)
  WINDOW campaign AS (PARTITION BY s.account_id, s.campaign_id, s.subject)
)
SELECT account_id AS account, campaign_id AS "campaignId", entity, subject, first_day AS "from", last_day AS until,
       rows, grown, frozen, evidence
FROM held
WHERE alone OR (weak AND together) OR over_budget
   OR (beside AND subject = 'all' AND evidence > 0 AND (frozen > 0 OR start <= 2 * step))
WINDOW entity_life AS (PARTITION BY series)
-- A measure by itself says nothing where several of them are totals.
QUALIFY CASE subject WHEN 'all' THEN true WHEN 'counts' THEN NOT bool_or(subject = 'all') OVER entity_life
             ELSE NOT bool_or(subject IN ('all', 'counts')) OVER entity_life END
ORDER BY account, "campaignId", entity, subject, "from"
