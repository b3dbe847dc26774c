"""Reference values for src/learn/forest.ts, from scikit-learn's trees and forests.

A tree without sampling has nothing to chance but ties: columns have few distinct values and the target is drawn so that
gains differ, so both must part the rows learnt from alike (a cut lies midway between two numbers of the column here,
of the node there, so other rows may fall elsewhere). Forests cannot be equal tree by tree; what they say of other rows is
compared as a whole, with the spread that scikit-learn's own forests have from seed to seed.
Run:  /usr/bin/python3 bench/rivals/reference/forest.py > test/fixtures/reference/forest.json
"""
import json
import platform

import numpy as np
import sklearn
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.metrics import log_loss, mean_squared_error, roc_auc_score
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

rng = np.random.default_rng(5)
ROWS, LEARNT, FEATURES = 1200, 800, 6

columns = np.column_stack([rng.integers(0, 8 + 5 * j, ROWS).astype(float) for j in range(FEATURES)])
signal = 0.5 * columns[:, 0] - 0.3 * columns[:, 1] + 2 * (columns[:, 2] > 9) * (columns[:, 3] < 11) + rng.normal(size=ROWS)
two = (signal > np.median(signal)).astype(int)
three = np.digitize(signal, np.quantile(signal, [0.4, 0.75]))
values = np.round(signal * 16) / 16
x, rest = columns[:LEARNT], columns[LEARNT:]

TREES = {
    "shallow": {"max_depth": 3, "min_samples_leaf": 5},
    "leaves": {"max_depth": 5, "min_samples_leaf": 25},
}


def tree(learner, target, options, said):
    """What the tree says of the rows learnt from; the seed deals the order of columns, which only ties depend on."""
    all_seeds = [said(learner(random_state=seed, **options).fit(x, target[:LEARNT])) for seed in range(20)]
    assert all(np.allclose(one, all_seeds[0], rtol=0, atol=1e-12) for one in all_seeds), "gains are equal: take other data"
    return all_seeds[0].tolist()


trees = {}
for name, options in TREES.items():
    trees[name] = {
        "options": {"maxDepth": options["max_depth"], "minLeafRows": options["min_samples_leaf"]},
        "two": tree(DecisionTreeClassifier, two, options, lambda one: one.predict_proba(x)[:, 1]),
        "three": tree(DecisionTreeClassifier, three, options, lambda one: one.predict_proba(x).ravel()),
        "values": tree(DecisionTreeRegressor, values, options, lambda one: one.predict(x)),
    }

auc, loss, error = [], [], []
for seed in range(20):
    common = dict(n_estimators=200, random_state=seed, min_samples_leaf=5, n_jobs=1)
    said = RandomForestClassifier(max_features="sqrt", **common).fit(x, two[:LEARNT]).predict_proba(rest)[:, 1]
    auc.append(roc_auc_score(two[LEARNT:], said))
    loss.append(log_loss(two[LEARNT:], said))
    told = RandomForestRegressor(max_features=FEATURES // 3, **common).fit(x, values[:LEARNT]).predict(rest)
    error.append(mean_squared_error(values[LEARNT:], told))


def spread(figures):
    return {"mean": float(np.mean(figures)), "deviation": float(np.std(figures, ddof=1))}


print(json.dumps({
    "made": {
        "script": "bench/rivals/reference/forest.py",
        "python": platform.python_version(),
        "numpy": np.__version__,
        "sklearn": sklearn.__version__,
    },
    "learnt": LEARNT,
    "columns": [columns[:, j].astype(int).tolist() for j in range(FEATURES)],
    "two": two.tolist(),
    "three": three.tolist(),
    "values": values.tolist(),
    "trees": trees,
    "forests": {"auc": spread(auc), "logLoss": spread(loss), "squaredError": spread(error)},
}, separators=(",", ":")))
