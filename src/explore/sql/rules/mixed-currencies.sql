-- Insight rows whose spend is in a currency of its own among several that the look holds, or that were left out because
-- their file is in another currency than their campaign's account; one row per row. Rows of the commonest currency are
-- not listed.
-- Reads:  insights, campaigns, drops, raw.insights, files
WITH priced AS (
  SELECT i.account_id, c.currency, i.file_id, i.line, i.campaign_id, i.day, i.spend_minor, false AS left_out
  FROM insights AS i JOIN campaigns AS c ON c.account_id = i.account_id AND c.campaign_id = i.campaign_id
  UNION ALL
  SELECT d.account_id, f.currency, d.file_id, d.line, r.campaign_id, r.day, r.spend_minor, true
  FROM drops AS d
  JOIN files AS f ON f.file_id = d.file_id
  JOIN raw.insights AS r ON r.file_id = d.file_id AND r.line = d.line
  WHERE d.table_name = 'insights' AND d.reason = 'other_currency'
),
common AS (
  SELECT currency FROM priced WHERE NOT left_out GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 1
)
SELECT p.account_id || ' ' || p.currency AS item, p.account_id || ', ' || p.currency AS label, p.account_id,
       p.spend_minor AS money_minor, NULL AS leads, p.file_id, p.line, p.campaign_id, p.day, p.spend_minor, p.currency, p.left_out
FROM priced AS p, common AS m
WHERE p.left_out OR p.currency <> m.currency
