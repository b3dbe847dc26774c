-- Cancellations of deals from moments with an offset, as wall clock of the account's zone; see moments-campaigns.
-- Reads:  raw.files, staging.settings
UPDATE staging.deals AS t SET cancelled_at = t.cancelled_at AT TIME ZONE 'UTC' AT TIME ZONE staging.zone_of(t.account_id)
FROM raw.files AS f
WHERE f.file_id = t.file_id AND f.account IS NULL
      AND staging.with_offset(f.mapping, 'cancelled_at');
