-- Arrivals of leads from moments with an offset, as wall clock of the account's zone; see moments-campaigns.
-- Reads:  raw.files, staging.settings
UPDATE staging.campaign_leads AS t SET added_at = t.added_at AT TIME ZONE 'UTC' AT TIME ZONE staging.zone_of(t.account_id)
FROM raw.files AS f
WHERE f.file_id = t.file_id AND f.account IS NULL
      AND staging.with_offset(f.mapping, 'added_at');
