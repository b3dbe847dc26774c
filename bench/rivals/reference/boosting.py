"""Reference values for src/learn/boosting.ts, from scikit-learn's histogram gradient boosting.

Columns have few distinct values, so both learners see the same bins and must grow the same trees.
Run:  /usr/bin/python3 bench/rivals/reference/boosting.py > test/fixtures/reference/boosting.json
"""
import json
import platform
import sys

import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

rng = np.random.default_rng(20)
ROWS = 400
COMMON = dict(max_iter=12, learning_rate=0.2, max_leaf_nodes=9, min_samples_leaf=7, l2_regularization=0.5, early_stopping=False)

a = rng.integers(0, 40, ROWS).astype(float)
b = rng.normal(size=ROWS).round(1)
c = rng.integers(0, 5, ROWS).astype(float)
columns = np.column_stack([a, b, c])
columns[rng.random(ROWS) < 0.15, 1] = np.nan
signal = 0.08 * a - 1.5 * np.nan_to_num(b, nan=0.9) + (c == 2) * 1.2 - 1.5 + rng.normal(size=ROWS)
two = (signal > 0).astype(int)
three = np.digitize(signal, [-0.7, 0.9])
values = np.round(signal * 8) / 8


def listed(column):
    return [None if np.isnan(x) else x for x in column.tolist()]


binary = HistGradientBoostingClassifier(**COMMON).fit(columns, two)
multi = HistGradientBoostingClassifier(**COMMON).fit(columns, three)
regression = HistGradientBoostingRegressor(**COMMON).fit(columns, values)
rising = HistGradientBoostingRegressor(**COMMON, monotonic_cst=[1, -1, 0]).fit(columns, values)

print(json.dumps({
    "made": {
        "script": "bench/rivals/reference/boosting.py",
        "python": platform.python_version(),
        "numpy": np.__version__,
        "sklearn": sklearn.__version__,
    },
    "options": {"rounds": 12, "learningRate": 0.2, "maxLeaves": 9, "minLeafRows": 7, "l2": 0.5},
    "columns": [listed(columns[:, j]) for j in range(3)],
    "two": two.tolist(),
    "three": three.tolist(),
    "values": values.tolist(),
    "binary": binary.predict_proba(columns)[:, 1].tolist(),
    "multi": multi.predict_proba(columns).ravel().tolist(),
    "regression": regression.predict(columns).tolist(),
    "monotone": rising.predict(columns).tolist(),
}, separators=(",", ":")))
sys.stdout.flush()
