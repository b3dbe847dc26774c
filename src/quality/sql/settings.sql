-- One row per set of settings.
-- Params: $settings (JSON list, one object per set)
INSERT INTO staging.settings
SELECT unnest(from_json($settings, '[{"settings_id":"INTEGER","account_id":"VARCHAR","currency":"VARCHAR",
  "time_zone":"VARCHAR","region":"VARCHAR","insight_level":"VARCHAR","undecided_stages":["VARCHAR"],
  "horizon_days":"INTEGER","lag_hours":"DOUBLE","all_in_factor":"DOUBLE",
  "decimals":"INTEGER","untold_decimals":"INTEGER"}]'), recursive := true);
