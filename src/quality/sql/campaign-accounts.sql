-- One row per campaign id that some row names an account for, with the accounts it is known in. Its lines say so first;
-- ad rows and leads of a further account count where they also name one of those, for then they speak of accounts in the
-- same words, and not of a person's account where the others name an ad account.
-- Reads:  raw.campaigns, raw.insights, raw.campaign_leads, raw.files
CREATE OR REPLACE TEMP TABLE campaign_accounts AS
WITH named AS (
  SELECT DISTINCT 1 AS source, c.campaign_id, coalesce(c.account_id, f.account) AS account
  FROM raw.campaigns AS c JOIN raw.files AS f USING (file_id) WHERE coalesce(c.account_id, f.account) IS NOT NULL
  UNION ALL
  SELECT DISTINCT 2, campaign_id, account_id FROM raw.insights WHERE account_id IS NOT NULL
  UNION ALL
  SELECT DISTINCT 2, i.campaign_id, f.account FROM raw.insights AS i JOIN raw.files AS f USING (file_id)
  WHERE f.account IS NOT NULL AND i.account_id IS NULL
  UNION ALL
  SELECT DISTINCT 3, campaign_id, account_id FROM raw.campaign_leads
  WHERE account_id IS NOT NULL AND campaign_id IS NOT NULL
  UNION ALL
  SELECT DISTINCT 3, l.campaign_id, f.account FROM raw.campaign_leads AS l JOIN raw.files AS f USING (file_id)
  WHERE f.account IS NOT NULL AND l.account_id IS NULL AND l.campaign_id IS NOT NULL
),
told AS (
  SELECT campaign_id, list(DISTINCT account) FILTER (WHERE source = 1) AS lines,
         list(DISTINCT account) FILTER (WHERE source = 2) AS rows,
         list(DISTINCT account) FILTER (WHERE source = 3) AS leads
  FROM named GROUP BY campaign_id
),
advertised AS (
  SELECT campaign_id, leads, CASE WHEN lines IS NULL THEN rows
                                  WHEN list_has_any(lines, rows) THEN list_distinct(list_concat(lines, rows))
                                  ELSE lines END AS accounts
  FROM told
)
SELECT campaign_id, list_sort(CASE WHEN accounts IS NULL THEN leads
                                   WHEN list_has_any(accounts, leads) THEN list_distinct(list_concat(accounts, leads))
                                   ELSE accounts END) AS accounts
FROM advertised;
