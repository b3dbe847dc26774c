"""Writes test/fixtures/reference/linear.json: what scikit-learn gives for the linear learners, naive Bayes and
calibration on small invented rows. Run: /usr/bin/python3 bench/rivals/reference/linear.py"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.calibration import _SigmoidCalibration
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.naive_bayes import CategoricalNB, GaussianNB
from sklearn.preprocessing import OneHotEncoder, StandardScaler

rng = np.random.default_rng(7)
n = 80
visits = np.round(rng.gamma(2.0, 3.0, n), 2)
minutes = np.round(rng.normal(40, 15, n), 1)
source = rng.integers(0, 3, n)
region = rng.integers(0, 2, n)
weights = np.round(rng.uniform(0.2, 3.0, n), 2)
score = 0.3 * visits - 0.03 * minutes + np.array([-0.5, 0.2, 0.9])[source] - 0.4 * region
binary = (score + rng.logistic(size=n) > 0.3).astype(int)
classes = np.digitize(score + rng.logistic(size=n), [-0.4, 1.2])
value = np.round(10 + 2 * score + rng.normal(size=n), 3)

numbers = np.column_stack([visits, minutes])
levels = np.column_stack([source, region])


def terms(w):
    scaled = StandardScaler().fit(numbers, sample_weight=w).transform(numbers)
    return np.column_stack([scaled, OneHotEncoder(sparse_output=False).fit_transform(levels)])


def logistic(target, c, w):
    model = LogisticRegression(C=c, solver="newton-cg", tol=1e-10, max_iter=100000, multi_class="multinomial" if len(set(target)) > 2 else "ovr")
    x = terms(w)
    model.fit(x, target, sample_weight=w)
    p = model.predict_proba(x)
    return p[:, 1].tolist() if p.shape[1] == 2 else p.ravel().tolist()


def ridge(alpha, w):
    x = terms(w)
    return Ridge(alpha=alpha, solver="cholesky").fit(x, value, sample_weight=w).predict(x).tolist()


def balanced(target):
    counts = np.bincount(target)
    return (len(target) / (len(counts) * counts))[target]


ones = np.ones(n)
gauss = GaussianNB().fit(StandardScaler().fit_transform(numbers), classes, sample_weight=weights)
category = CategoricalNB(alpha=0.5).fit(levels, binary, sample_weight=weights)

scores = np.round(score + rng.normal(size=n) * 0.7, 2)
share = 1 / (1 + np.exp(-scores))
sigmoid = _SigmoidCalibration().fit(scores, binary)  # weights do not enter its targets before 1.3
isotonic = IsotonicRegression(out_of_bounds="clip", y_min=0, y_max=1).fit(scores, binary, sample_weight=weights)
ask = np.round(np.linspace(scores.min() - 1, scores.max() + 1, 41), 3)
# Kull et al. (2017): logistic regression on ln p and -ln(1 - p), without a penalty.
beta = LogisticRegression(penalty="none", solver="newton-cg", tol=1e-10, max_iter=100000)
beta.fit(np.column_stack([np.log(share), -np.log(1 - share)]), binary, sample_weight=weights)

out = {
    "written by": "bench/rivals/reference/linear.py",
    "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
    "rows": {
        "visits": visits.tolist(),
        "minutes": minutes.tolist(),
        "source": source.tolist(),
        "region": region.tolist(),
        "weights": weights.tolist(),
        "binary": binary.tolist(),
        "classes": classes.tolist(),
        "value": value.tolist(),
        "scores": scores.tolist(),
    },
    "logistic": {
        "binary, C 1": logistic(binary, 1.0, ones),
        "binary, C 0.05, weights": logistic(binary, 0.05, weights),
        "binary, C 10, balanced": None,
        "classes, C 1": logistic(classes, 1.0, ones),
        "classes, C 0.1, weights": logistic(classes, 0.1, weights),
    },
    "ridge": {"alpha 1": ridge(1.0, ones), "alpha 25, weights": ridge(25.0, weights)},
    "naive bayes": {
        "gaussian, weights": gauss.predict_proba(StandardScaler().fit_transform(numbers)).ravel().tolist(),
        "categorical, alpha 0.5, weights": category.predict_proba(levels)[:, 1].tolist(),
    },
    "calibration": {
        "ask": ask.tolist(),
        "sigmoid": {"a": -float(sigmoid.a_), "b": -float(sigmoid.b_)},
        "isotonic": isotonic.predict(ask).tolist(),
        "beta": {"a": float(beta.coef_[0, 0]), "b": float(beta.coef_[0, 1]), "c": float(beta.intercept_[0])},
    },
}
# Balanced classes scale the weights; the standardisation keeps them as well.
out["logistic"]["binary, C 10, balanced"] = logistic(binary, 10.0, balanced(binary))
path = Path(__file__).resolve().parents[3] / "test/fixtures/reference/linear.json"
path.write_text(json.dumps(out, indent=1) + "\n")
print(path.stat().st_size, "bytes")
