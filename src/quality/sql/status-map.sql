-- One row per set of settings and raw status.
-- Params: $statuses (JSON list of {settings_id, status, stage})
INSERT INTO staging.status_map
SELECT unnest(from_json($statuses, '[{"settings_id":"INTEGER","status":"VARCHAR","stage":"VARCHAR"}]'),
              recursive := true);
