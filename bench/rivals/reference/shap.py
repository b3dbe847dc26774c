"""Reference values for src/learn/tree-shap.ts: models of XGBoost as trees, and what its pred_contribs gives for rows.

The trees are written in the form of src/learn/trees.ts. XGBoost computes in 32 bits and goes left below a threshold, so
a threshold is written as the 32-bit number before it.
Run:  /usr/bin/python3 bench/rivals/reference/shap.py > test/fixtures/reference/shap.json
"""
import json
import platform
import sys

import numpy as np
import pandas as pd
import xgboost

ROWS = 400
EXPLAINED = 25
LEVELS = 40


def columns(rng):
    """Numbers with and without missing values, a count, a flag, and a column of 40 levels."""
    x = rng.normal(size=(ROWS, 5)).astype(np.float32)
    x[:, 2] = np.floor(np.exp(x[:, 2] + 1))
    x[:, 3] = x[:, 3] > 0.5
    x[rng.random(ROWS) < 0.15, 1] = np.nan
    x[rng.random(ROWS) < 0.1, 4] = np.nan
    frame = pd.DataFrame(x, columns=["a", "b", "count", "flag", "c"])
    frame["level"] = pd.Categorical(rng.integers(0, LEVELS, ROWS), categories=range(LEVELS))
    return frame


def target(rng, frame):
    filled = frame.fillna(0)
    level = frame["level"].astype(int)
    return (
        filled["a"]
        + filled["b"] * filled["c"]
        + 0.2 * np.minimum(filled["count"], 8)
        + 0.8 * filled["flag"]
        + np.sin(level)
        + rng.normal(size=ROWS)
    )


def shortest(values):
    """32-bit numbers in as few digits as give them back."""
    return [None if np.isnan(v) else float(str(np.float32(v))) for v in np.asarray(values).ravel()]


def as_trees(booster):
    raw = json.loads(booster.save_raw("json"))["learner"]["gradient_booster"]["model"]["trees"]
    out = {key: [] for key in ("feature", "threshold", "left", "right", "missingLeft", "categorySet", "value", "cover")}
    roots, words = [0], []
    for tree in raw:
        first = roots[-1]
        nodes = len(tree["left_children"])
        starts = dict(zip(tree["categories_nodes"], zip(tree["categories_segments"], tree["categories_sizes"])))
        for node in range(nodes):
            leaf = tree["left_children"][node] < 0
            out["left"].append(first + (node if leaf else tree["left_children"][node]))
            out["right"].append(first + (node if leaf else tree["right_children"][node]))
            out["feature"].append(-1 if leaf else tree["split_indices"][node])
            out["missingLeft"].append(0 if leaf else tree["default_left"][node])
            out["cover"].append(tree["sum_hessian"][node])
            condition = np.float32(tree["split_conditions"][node])
            out["value"].append(shortest(condition)[0] if leaf else 0)
            categorical = not leaf and tree["split_type"][node] == 1
            out["threshold"].append(
                0 if leaf or categorical else shortest(np.nextafter(condition, np.float32(-np.inf)))[0]
            )
            out["categorySet"].append(len(words) if categorical else -1)
            if categorical:
                start, size = starts[node]
                right = set(tree["categories"][start : start + size])
                for word in range((LEVELS + 31) // 32):
                    bits = [code not in right for code in range(32 * word, 32 * word + 32)]
                    words.append(sum(int(bit) << i for i, bit in enumerate(bits)))
        roots.append(first + nodes)
    return {"roots": roots, **out, "categoryWords": words}


def case(rng, name, objective, labels, **parameters):
    frame = columns(rng)
    data = xgboost.DMatrix(frame, labels(target(rng, frame)), enable_categorical=True)
    rounds = parameters.pop("rounds")
    booster = xgboost.train(
        {"objective": objective, "tree_method": "hist", "nthread": 1, "seed": 1, **parameters}, data, rounds
    )
    rows = frame.head(EXPLAINED)
    asked = xgboost.DMatrix(rows, enable_categorical=True)
    contributions = booster.predict(asked, pred_contribs=True)
    return {
        "name": name,
        "trees": as_trees(booster),
        "columns": [shortest(rows[column].astype(np.float32)) for column in rows],
        "offset": 0.0 if objective == "binary:logistic" else 0.5,
        "values": [shortest(row) for row in contributions[:, :-1]],
        "base": shortest(contributions[0, -1:])[0],
        "margin": shortest(booster.predict(asked, output_margin=True)),
    }


def main():
    rng = np.random.default_rng(4)
    cases = [
        case(
            rng,
            "log loss, 20 trees of 15 leaves",
            "binary:logistic",
            lambda score: (score > 1).astype(int),
            rounds=20,
            max_leaves=15,
            max_depth=0,
            grow_policy="lossguide",
            max_cat_to_onehot=4,
        ),
        case(
            rng,
            "squared loss, 3 trees of depth 12",
            "reg:squarederror",
            lambda score: score,
            rounds=3,
            max_depth=12,
            min_child_weight=0,
            max_cat_to_onehot=4,
        ),
    ]
    json.dump(
        {
            "script": "bench/rivals/reference/shap.py",
            "versions": {
                "python": platform.python_version(),
                "xgboost": xgboost.__version__,
                "numpy": np.__version__,
            },
            "cases": cases,
        },
        sys.stdout,
        separators=(",", ":"),
    )
    print()


main()
