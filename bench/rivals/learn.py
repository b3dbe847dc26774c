"""Forests and boosting of scikit-learn and XGBoost on a matrix that lies ready: vectorised, read once, all cores.

Usage: learn.py DIR MODEL OPTIONS REPEATS
DIR holds x.f64 (rows x columns, row-major), y.u8 and meta.json {rows, columns, train}; the first `train` rows are learnt
from, the rest predicted. MODEL: forest | histogram | xgboost | logistic. OPTIONS: JSON of the model's own parameters.
Prints one JSON document: seconds of every fit and prediction, microseconds of one row, AUC, peak memory, versions.
"""

import json
import os
import resource
import sys
import time

import numpy as np


def made(model, options):
    if model == "forest":
        from sklearn.ensemble import RandomForestClassifier

        return RandomForestClassifier(n_jobs=os.cpu_count(), random_state=1, **options)
    if model == "histogram":
        from sklearn.ensemble import HistGradientBoostingClassifier

        return HistGradientBoostingClassifier(early_stopping=False, random_state=1, **options)
    if model == "xgboost":
        from xgboost import XGBClassifier

        return XGBClassifier(
            tree_method="hist", n_jobs=os.cpu_count(), random_state=1, eval_metric="logloss", **options
        )
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(**options)


def versions():
    import sklearn

    try:
        import xgboost

        return {"sklearn": sklearn.__version__, "xgboost": xgboost.__version__}
    except ImportError:
        return {"sklearn": sklearn.__version__}


def main():
    folder, model, options, repeats = sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), int(sys.argv[4])
    with open(os.path.join(folder, "meta.json"), encoding="utf-8") as file:
        meta = json.load(file)
    x = np.fromfile(os.path.join(folder, "x.f64")).reshape(meta["rows"], meta["columns"])
    y = np.fromfile(os.path.join(folder, "y.u8"), dtype=np.uint8)
    train = meta["train"]
    fits, firsts, predictions, processor = [], [], [], []
    for _ in range(repeats):
        learner = made(model, options)
        started, used = time.perf_counter(), time.process_time()
        learner.fit(x[:train], y[:train])
        fits.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
        started = time.perf_counter()
        said = learner.predict_proba(x[train:])[:, 1]
        firsts.append(time.perf_counter() - started)
        for _ in range(2):
            started = time.perf_counter()
            learner.predict_proba(x[train:])
            predictions.append(time.perf_counter() - started)
    one = x[train : train + 1]
    if hasattr(learner, "n_jobs") and model == "forest":
        learner.n_jobs = 1
    learner.predict_proba(one)
    started = time.perf_counter()
    for _ in range(20):
        learner.predict_proba(one)
    row = (time.perf_counter() - started) / 20 * 1e6
    from sklearn.metrics import roc_auc_score

    print(
        json.dumps(
            {
                "fits": fits,
                "firsts": firsts,
                "predictions": predictions,
                "processor": processor,
                "row": row,
                "auc": roc_auc_score(y[train:], said),
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "versions": versions(),
            }
        )
    )


main()
