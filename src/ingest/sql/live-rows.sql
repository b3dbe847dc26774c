-- One row per lead or status that came in by itself, as it was kept; moments in UTC.
-- Params: $rows (JSON list, one object per row)
CREATE OR REPLACE TEMP TABLE live_rows AS
SELECT unnest(from_json($rows, '[{"table_name":"VARCHAR","account":"VARCHAR","time_zone":"VARCHAR","after_import":"BIGINT",
  "line":"BIGINT","recorded_ms":"BIGINT","at_ms":"BIGINT","lead_id":"VARCHAR","campaign_id":"VARCHAR",
  "ad_set_id":"VARCHAR","ad_id":"VARCHAR","campaign_name":"VARCHAR","project_name":"VARCHAR","form_id":"VARCHAR",
  "form_name":"VARCHAR","platform":"VARCHAR","is_organic":"BOOLEAN","language":"VARCHAR","name":"VARCHAR",
  "email":"VARCHAR","phone":"VARCHAR","status":"VARCHAR","assigned_to":"VARCHAR","attributes":"JSON"}]'),
  recursive := true);
