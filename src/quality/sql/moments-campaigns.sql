-- Start and stop of campaigns from moments with an offset, which stood in UTC until the account was known, as wall clock
-- of its zone. Only where accounts differ in their zone.
-- Reads:  raw.files, staging.settings
UPDATE staging.campaigns AS c
SET start_time = CASE WHEN staging.with_offset(f.mapping, 'start_time')
                      THEN c.start_time AT TIME ZONE 'UTC' AT TIME ZONE staging.zone_of(c.account_id) ELSE c.start_time END,
    stop_time = CASE WHEN staging.with_offset(f.mapping, 'stop_time')
                     THEN c.stop_time AT TIME ZONE 'UTC' AT TIME ZONE staging.zone_of(c.account_id) ELSE c.stop_time END
FROM raw.files AS f
WHERE f.file_id = c.file_id AND f.account IS NULL
      AND (staging.with_offset(f.mapping, 'start_time') OR staging.with_offset(f.mapping, 'stop_time'));
