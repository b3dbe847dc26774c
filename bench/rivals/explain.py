"""SHAP values of XGBoost (pred_contribs) on a matrix that lies ready: read once, all cores, its matrix made beforehand.

Usage: explain.py DIR ROUNDS LEAVES ROWS REPEATS
DIR as for learn.py. Prints one JSON document: microseconds per row of every batch of ROWS, with those of the processor,
microseconds of one row alone, version.
"""

import json
import os
import sys
import time

import numpy as np
import xgboost


def main():
    folder, rounds, leaves, rows, repeats = sys.argv[1], *map(int, sys.argv[2:6])
    with open(os.path.join(folder, "meta.json"), encoding="utf-8") as file:
        meta = json.load(file)
    x = np.fromfile(os.path.join(folder, "x.f64")).reshape(meta["rows"], meta["columns"])
    y = np.fromfile(os.path.join(folder, "y.u8"), dtype=np.uint8)
    train = meta["train"]
    booster = xgboost.train(
        {
            "objective": "binary:logistic",
            "tree_method": "hist",
            "grow_policy": "lossguide",
            "max_leaves": leaves,
            "max_depth": 0,
            "eta": 0.1,
            "nthread": os.cpu_count(),
        },
        xgboost.DMatrix(x[:train], y[:train]),
        rounds,
    )
    batch = xgboost.DMatrix(x[train : train + rows])
    one = xgboost.DMatrix(x[train : train + 1])
    booster.predict(one, pred_contribs=True)
    batches, processor = [], []
    for _ in range(repeats):
        started, used = time.perf_counter(), time.process_time()
        booster.predict(batch, pred_contribs=True)
        batches.append((time.perf_counter() - started) / rows * 1e6)
        processor.append((time.process_time() - used) / rows * 1e6)
    booster.set_param({"nthread": 1})  # threads cost more than they bring for one row
    singles = []
    for _ in range(50):
        started = time.perf_counter()
        booster.predict(one, pred_contribs=True)
        singles.append((time.perf_counter() - started) * 1e6)
    print(
        json.dumps(
            {
                "batches": batches,
                "processor": processor,
                "row": float(np.median(singles)),
                "version": f"XGBoost {xgboost.__version__}",
            }
        )
    )


main()
