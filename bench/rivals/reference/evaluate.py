"""Reference values for src/evaluate, from scikit-learn, scipy and statsmodels.

DeLong's and Obuchowski's variances stand here as in the papers, over all pairs of rows, to check the O(n log n) form.
Run:  /usr/bin/python3 bench/rivals/reference/evaluate.py > test/fixtures/reference/evaluate.json
"""
import json
import platform
import sys

import numpy as np
import scipy
import sklearn
import statsmodels
import statsmodels.api as sm
from scipy import stats
from sklearn import metrics
from sklearn.calibration import calibration_curve
from statsmodels.stats.proportion import proportion_confint


def plain(value):
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, np.ndarray):
        return [plain(one) for one in value.tolist()]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and np.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def kernel(labels, scores):
    """1 where the positive is above the negative, one half where they tie: positives × negatives."""
    difference = scores[labels == 1][:, None] - scores[labels == 0][None, :]
    return (difference > 0) + 0.5 * (difference == 0)


def delong(labels, columns):
    """AUCs and their covariance, DeLong et al. (1988), equations 4 to 6."""
    kernels = [kernel(labels, scores) for scores in columns]
    v10 = np.array([k.mean(axis=1) for k in kernels])
    v01 = np.array([k.mean(axis=0) for k in kernels])
    m, n = kernels[0].shape
    return v10.mean(axis=1), np.atleast_2d(np.cov(v10)) / m + np.atleast_2d(np.cov(v01)) / n


def obuchowski(labels, columns, groups):
    """AUCs and their covariance with clusters, Obuchowski (1997), section 2."""
    kernels = [kernel(labels, scores) for scores in columns]
    aucs = np.array([k.mean() for k in kernels])
    m, n = kernels[0].shape
    of_positive, of_negative = groups[labels == 1], groups[labels == 0]
    clusters = np.unique(groups)
    x = np.array([[k.mean(axis=1)[of_positive == g].sum() for g in clusters] for k in kernels])
    y = np.array([[k.mean(axis=0)[of_negative == g].sum() for g in clusters] for k in kernels])
    mi = np.array([(of_positive == g).sum() for g in clusters])
    ni = np.array([(of_negative == g).sum() for g in clusters])
    xd, yd = x - np.outer(aucs, mi), y - np.outer(aucs, ni)
    i10, i01, i = (mi > 0).sum(), (ni > 0).sum(), len(clusters)
    s10 = i10 / ((i10 - 1) * m) * xd @ xd.T
    s01 = i01 / ((i01 - 1) * n) * yd @ yd.T
    s11 = i / (i - 1) * xd @ yd.T
    return aucs, s10 / m + s01 / n + (s11 + s11.T) / (m * n)


def sandwich(design, offset, labels, params, weights, groups):
    """Robust standard errors over groups, White (1982) and Liang & Zeger (1986), with the factor G / (G - 1)."""
    mean = 1 / (1 + np.exp(-(design @ params + offset)))
    bread = np.linalg.inv((design * (weights * mean * (1 - mean))[:, None]).T @ design)
    scores = design * (weights * (labels - mean))[:, None]
    sums = np.array([scores[groups == g].sum(axis=0) for g in np.unique(groups)])
    return np.sqrt(np.diag(bread @ (sums.T @ sums) @ bread) * len(sums) / (len(sums) - 1))


def calibrated(labels, probabilities, weights, groups):
    logit = np.log(probabilities / (1 - probabilities))
    kinds = {"family": sm.families.Binomial(), "freq_weights": weights}
    tight = {"tol": 1e-14, "maxiter": 200}
    design = sm.add_constant(logit)
    line = sm.GLM(labels, design, **kinds).fit(**tight)
    shift = sm.GLM(labels, design[:, :1], offset=logit, **kinds).fit(**tight)
    line_errors, shift_errors = line.bse, shift.bse
    if weights is not None or groups is not None:
        w = np.ones(len(labels)) if weights is None else weights
        own = np.arange(len(labels)) if groups is None else groups
        line_errors = sandwich(design, 0, labels, line.params, w, own)
        shift_errors = sandwich(design[:, :1], logit, labels, shift.params, w, own)
    if weights is None and groups is not None:
        robust = {"cov_type": "cluster", "cov_kwds": {"groups": groups, "use_correction": False}}
        count = len(np.unique(groups))
        theirs = sm.GLM(labels, design, **kinds).fit(**tight, **robust).bse
        assert np.allclose(line_errors, theirs * np.sqrt(count / (count - 1)), rtol=1e-9)
    return {
        "inTheLarge": [shift.params[0], shift_errors[0]],
        "intercept": [line.params[0], line_errors[0]],
        "slope": [line.params[1], line_errors[1]],
    }


def murphy(labels, probabilities, weights):
    """Reliability, resolution and uncertainty over the distinct probabilities."""
    w = np.ones(len(labels)) if weights is None else weights
    base = np.average(labels, weights=w)
    reliability = resolution = 0
    for p in np.unique(probabilities):
        here = probabilities == p
        rate = np.average(labels[here], weights=w[here])
        reliability += w[here].sum() * (p - rate) ** 2
        resolution += w[here].sum() * (rate - base) ** 2
    return [reliability / w.sum(), resolution / w.sum(), base * (1 - base)]


def binary(name, labels, first, second, weights=None, groups=None):
    w = {"sample_weight": weights}
    fpr, tpr, thresholds = metrics.roc_curve(labels, first, drop_intermediate=False, **w)
    case = {
        "name": name,
        "labels": labels,
        "first": first,
        "second": second,
        "weights": weights,
        "groups": groups,
        "auc": metrics.roc_auc_score(labels, first, **w),
        "averagePrecision": metrics.average_precision_score(labels, first, **w),
        "logLoss": metrics.log_loss(labels, first, **w),
        "brier": metrics.brier_score_loss(labels, first, **w),
        "murphy": murphy(labels, first, weights),
        "roc": {"fpr": fpr[1:], "tpr": tpr[1:], "thresholds": thresholds[1:]},
        "calibration": calibrated(labels, first, weights, groups),
    }
    if weights is None:
        aucs, covariance = (
            delong(labels, [first, second])
            if groups is None
            else obuchowski(labels, [first, second], groups)
        )
        error = np.sqrt(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1])
        observed, expected = calibration_curve(labels, first, n_bins=10, strategy="uniform")
        case |= {
            "standardError": np.sqrt(covariance[0, 0]),
            "pair": {
                "difference": aucs[0] - aucs[1],
                "standardError": error,
                "p": 2 * stats.norm.sf(abs(aucs[0] - aucs[1]) / error),
            },
            "bins": {"observed": observed, "expected": expected},
        }
    if weights is None and groups is None:
        binned = np.searchsorted(np.linspace(0, 1, 11)[1:-1], first)
        kept = [first_bin for first_bin in range(10) if (binned == first_bin).any()]
        case["wilson"] = [
            proportion_confint(labels[binned == b].sum(), (binned == b).sum(), 0.05, "wilson")
            for b in kept
        ]
        counts = np.array([(binned == b).sum() for b in kept])
        case["calibrationError"] = (counts * abs(observed - expected)).sum() / len(labels)
    return case


def regression(name, actual, predicted, weights=None):
    w = {"sample_weight": weights}
    return {
        "name": name,
        "actual": actual,
        "predicted": predicted,
        "weights": weights,
        "meanAbsoluteError": metrics.mean_absolute_error(actual, predicted, **w),
        "rootMeanSquaredError": metrics.mean_squared_error(actual, predicted, squared=False, **w),
        "rSquared": metrics.r2_score(actual, predicted, **w),
        "medianAbsoluteError": metrics.median_absolute_error(actual, predicted, **w),
        "meanAbsolutePercentageError": metrics.mean_absolute_percentage_error(
            actual, predicted, **w
        ),
        "pinball": {
            str(q): metrics.mean_pinball_loss(actual, predicted, alpha=q, **w)
            for q in (0.1, 0.5, 0.9)
        },
    }


def multiclass(name, codes, probabilities, weights=None):
    w = {"sample_weight": weights}
    called = probabilities.argmax(axis=1)
    k = probabilities.shape[1]
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(codes, called, **w)
    return {
        "name": name,
        "codes": codes,
        "probabilities": probabilities.ravel(),
        "classes": [f"class {c}" for c in range(k)],
        "weights": weights,
        "logLoss": metrics.log_loss(codes, probabilities, **w),
        "accuracy": metrics.accuracy_score(codes, called, **w),
        "macroAuc": metrics.roc_auc_score(
            codes, probabilities, multi_class="ovr", average="macro", **w
        ),
        "confusion": metrics.confusion_matrix(codes, called, **w),
        "precision": precision,
        "recall": recall,
        "f1": f1,
    }


rng = np.random.default_rng(20240501)


def scored(n, digits):
    truth = rng.normal(size=n)
    labels = (rng.random(n) < 1 / (1 + np.exp(-truth + 0.7))).astype(int)

    def model(noise):
        z = truth + noise * rng.normal(size=n)
        return np.clip(np.round(1 / (1 + np.exp(-z)), digits), 0.01, 0.99)

    return labels, model(0.6), model(1.0)


cases = []
cases.append(binary("scores of 6 digits", *scored(240, 6)))
cases.append(binary("scores of 1 digit, many ties", *scored(150, 1)))
labels, first, second = scored(160, 2)
weights = np.round(rng.gamma(2, 1, size=160) + 0.05, 3)
cases.append(binary("weights", labels, first, second, weights=weights))
labels, first, second = scored(200, 2)
cases.append(binary("groups", labels, first, second, groups=rng.integers(0, 35, size=200)))

actual = np.round(rng.normal(size=91) * 10 + 40, 3)
predicted = np.round(actual + rng.normal(size=91) * 4 + 1, 3)
probabilities = np.round(rng.dirichlet([1.2, 1, 0.8], size=120), 4)
probabilities[:, 2] = 1 - probabilities[:, 0] - probabilities[:, 1]
codes = np.array([rng.choice(3, p=p / p.sum()) for p in np.maximum(probabilities, 0)])
probabilities = np.maximum(probabilities, 0)
some = np.round(rng.gamma(2, 1, size=120) + 0.05, 3)

json.dump(
    plain(
        {
            "script": "bench/rivals/reference/evaluate.py",
            "versions": {
                "python": platform.python_version(),
                "numpy": np.__version__,
                "scikit-learn": sklearn.__version__,
                "scipy": scipy.__version__,
                "statsmodels": statsmodels.__version__,
            },
            "tolerances": {
                "metrics": 1e-12,
                "delong": 1e-12,
                "calibration": 1e-8,
            },
            "binary": cases,
            "regression": [
                regression("plain", actual, predicted),
                regression("weights", actual, predicted, some[:91]),
            ],
            "multiclass": [
                multiclass("plain", codes, probabilities),
                multiclass("weights", codes, probabilities, some),
            ],
        }
    ),
    sys.stdout,
)
sys.stdout.write("\n")
