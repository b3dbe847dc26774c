-- A treatment in force.
-- Params: $treatment_id, $step, $finding, $rule, $kind, $method, $rows
INSERT INTO staging.treatments VALUES ($treatment_id, $step, $finding, $rule, $kind, $method, $rows);
