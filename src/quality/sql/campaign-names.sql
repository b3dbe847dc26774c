-- For each campaign id that several accounts use, whose it is in each file: the account that the row or its file names;
-- else the one that its import names for that id; else the only one that had it by then, or the first to have it. Where
-- none of these tells, it is nobody's ("@ ?") and the row waits.
-- Reads:  campaign_accounts, raw.campaigns, raw.insights, raw.campaign_leads, raw.files
INSERT INTO staging.campaign_names
WITH shared AS (SELECT * FROM campaign_accounts WHERE len(accounts) > 1),
mentions AS (
  SELECT DISTINCT file_id, campaign_id, account_id FROM raw.campaigns SEMI JOIN shared USING (campaign_id)
  UNION
  SELECT DISTINCT file_id, campaign_id, account_id FROM raw.insights SEMI JOIN shared USING (campaign_id)
  UNION
  SELECT DISTINCT file_id, campaign_id, account_id FROM raw.campaign_leads SEMI JOIN shared USING (campaign_id)
),
owned AS (
  SELECT m.*, f.import_id, CASE WHEN list_contains(s.accounts, coalesce(m.account_id, f.account))
                                THEN coalesce(m.account_id, f.account) END AS own
  FROM mentions AS m JOIN raw.files AS f USING (file_id) JOIN shared AS s USING (campaign_id)
),
homes AS (
  SELECT import_id, campaign_id, any_value(own) AS home FROM owned WHERE own IS NOT NULL
  GROUP BY ALL HAVING count(DISTINCT own) = 1
),
begun AS (
  SELECT campaign_id, own, min(file_id) AS since FROM owned WHERE own IS NOT NULL GROUP BY ALL
),
timed AS (
  SELECT o.file_id, o.campaign_id, count(DISTINCT b.own) FILTER (WHERE b.since <= o.file_id) AS known,
         arg_min(b.own, b.since) AS first
  FROM (SELECT DISTINCT file_id, campaign_id FROM owned WHERE own IS NULL) AS o JOIN begun AS b USING (campaign_id)
  GROUP BY ALL
),
settled AS (
  SELECT o.file_id, o.campaign_id, o.account_id,
         coalesce(o.own, h.home, CASE WHEN t.known <= 1 THEN t.first END) AS owner
  FROM owned AS o LEFT JOIN homes AS h USING (import_id, campaign_id) LEFT JOIN timed AS t USING (file_id, campaign_id)
)
SELECT file_id, campaign_id, account_id, owner, staging.in_account(campaign_id, owner) FROM settled ORDER BY ALL;
