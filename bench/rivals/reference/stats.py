"""Reference values of src/stats from scipy and statsmodels, and far tails from mpmath.

Writes test/fixtures/reference/stats.json. Run from the project's root:
    python3 bench/rivals/reference/stats.py
Everything is seeded; the file names the versions it was made with.
"""

import json
import math
import platform

import mpmath as mp
import numpy as np
import scipy
import statsmodels
from scipy import optimize, special, stats
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats import multitest, proportion

OUT = "test/fixtures/reference/stats.json"
CHANCES = [1e-12, 1e-9, 1e-4, 0.025, 0.2, 0.5, 0.8, 0.975, 0.9999]
rng = np.random.default_rng(20)
mp.mp.dps = 50


def beta_fraction(a, b, x):
    """Modified Lentz on DLMF 8.17.22, to 40 digits."""
    front = mp.exp(a * mp.log(x) + b * mp.log(1 - x) - mp.log(a) + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b))
    c, d = mp.mpf(1), 1 / (1 - (a + b) * x / (a + 1))
    h = d
    for m in range(1, 1000000):
        step = m * (b - m) * x / ((a - 1 + 2 * m) * (a + 2 * m))
        d, c = 1 / (1 + step * d), 1 + step / c
        h *= d * c
        step = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 1 + 2 * m))
        d, c = 1 / (1 + step * d), 1 + step / c
        h *= d * c
        if abs(d * c - 1) < mp.mpf(10) ** -40:
            return front * h


def beta_lower(a, b, x):
    a, b, x = mp.mpf(a), mp.mpf(b), mp.mpf(x)
    if x == 0 or x == 1:
        return x
    return beta_fraction(a, b, x) if x < (a + 1) / (a + b + 2) else 1 - beta_fraction(b, a, 1 - x)


def gamma_tails(a, x):
    """Series below a + 1, Lentz's continued fraction above, to 40 digits."""
    a, x = mp.mpf(a), mp.mpf(x)
    front = mp.exp(a * mp.log(x) - x - mp.loggamma(a))
    if x < a + 1:
        term = total = 1 / a
        n = 0
        while term > total * mp.mpf(10) ** -45:
            n += 1
            term *= x / (a + n)
            total += term
        return front * total, 1 - front * total
    b, c = x + 1 - a, mp.mpf(10) ** 300
    d = 1 / b
    h = d
    for i in range(1, 1000000):
        step = -i * (i - a)
        b += 2
        d, c = 1 / (step * d + b), b + step / c
        h *= d * c
        if abs(d * c - 1) < mp.mpf(10) ** -40:
            return 1 - front * h, front * h


def t_tails(df, x):
    near = beta_lower(mp.mpf(df) / 2, mp.mpf(1) / 2, mp.mpf(df) / (df + mp.mpf(x) ** 2)) / 2
    return (near, 1 - near) if x < 0 else (1 - near, near)


def f_tails(above, below, x):
    odds = mp.mpf(above) / below * mp.mpf(x)
    low = beta_lower(mp.mpf(above) / 2, mp.mpf(below) / 2, odds / (1 + odds))
    high = beta_lower(mp.mpf(below) / 2, mp.mpf(above) / 2, 1 / (1 + odds))
    return low, high


def sharpened(made, tails):
    """scipy 1.10's t and F are right to some 5 to 9 digits only: their places by Newton's steps on the tails above."""
    for row in made["rows"]:
        side, chance = (0, row["p"]) if "p" in row else (1, row["q"])
        if chance > 0.5:
            side, chance = 1 - side, 1 - mp.mpf(chance)
        x = mp.mpf(row["x"])
        if row["x"] and abs(row["x"]) > 1e-12 or made["name"] == "fRatio":
            for _ in range(8):
                h = abs(x) * mp.mpf(10) ** -15
                here = mp.log(tails(*made["args"], x)[side])
                slope = (mp.log(tails(*made["args"], x + h)[side]) - here) / h
                x -= (here - mp.log(chance)) / slope
        else:
            x = mp.mpf(0)
        row["x"] = float(x)
        row["cdf"], row["upper"] = map(float, tails(*made["args"], row["x"]))
        frozen = stats.t(*made["args"]) if made["name"] == "studentT" else stats.f(*made["args"])
        row["density"] = float(frozen.pdf(row["x"]))
    return made


def summed(made):
    """scipy's upper tail of the beta-binomial is 1 - cdf: add its masses up instead."""
    n, a, b = made["args"]
    mass = stats.betabinom(n, a, b).pmf(np.arange(n + 1))
    upper = [math.fsum(mass[k + 1 :]) for k in range(n + 1)]
    for row in made["rows"]:
        if "q" in row:
            row["x"] = next(k for k in range(n + 1) if upper[k] <= row["q"])
            row["mass"], row["cdf"] = float(mass[row["x"]]), math.fsum(mass[: row["x"] + 1])
        row["upper"] = upper[row["x"]]
    return made


def exact_masses(made):
    """scipy's Poisson masses have 9 digits at a mean of 100,000."""
    mean = mp.mpf(made["args"][0])
    for row in made["rows"]:
        row["mass"] = float(mp.exp(row["x"] * mp.log(mean) - mean - mp.loggamma(row["x"] + 1)))
    return made


def exact_upper(made):
    """scipy's upper tail of beta(0.5, 0.5) is 1 where it should be 0.999999999."""
    a, b = made["args"]
    for row in made["rows"]:
        row["upper"] = float(beta_lower(b, a, 1 - mp.mpf(row["x"])))
    return made


def continuous(name, frozen, args):
    """Quantiles of both tails, and density and both tails at those places."""
    rows = []
    for p in CHANCES:
        x, y = float(frozen.ppf(p)), float(frozen.isf(p))
        for place in (x, y):
            rows.append(
                {
                    "x": place,
                    "density": float(frozen.pdf(place)),
                    "cdf": float(frozen.cdf(place)),
                    "upper": float(frozen.sf(place)),
                }
            )
        rows[-2]["p"], rows[-1]["q"] = p, p
    # where scipy itself finds no number there is nothing to agree with
    kept = [row for row in rows if all(math.isfinite(value) for value in row.values())]
    if len(kept) < len(rows):
        print(f"{name}{args}: {len(rows) - len(kept)} places left out")
    return {"name": name, "args": args, "rows": kept}


def discrete(name, frozen, args):
    rows = []
    for p in CHANCES:
        for k, key in ((frozen.ppf(p), "p"), (frozen.isf(p), "q")):
            k = int(k)
            rows.append(
                {
                    "x": k,
                    key: p,
                    "mass": float(frozen.pmf(k)),
                    "cdf": float(frozen.cdf(k)),
                    "upper": float(frozen.sf(k)),
                }
            )
    return {"name": name, "args": args, "rows": rows}


def distributions():
    made = []
    for mean, sd in [(0, 1), (-3, 2.5)]:
        made.append(continuous("normal", stats.norm(mean, sd), [mean, sd]))
    for df in [1, 2.5, 10, 200]:
        made.append(sharpened(continuous("studentT", stats.t(df), [df]), t_tails))
    for df in [1, 4, 30.5, 1000]:
        made.append(continuous("chiSquared", stats.chi2(df), [df]))
    for a, b in [(1, 5), (4, 30), (10, 2.5), (100, 300)]:
        made.append(sharpened(continuous("fRatio", stats.f(a, b), [a, b]), f_tails))
    for a, b in [(0.5, 0.5), (1, 1), (2, 30), (40.5, 3), (300, 2700)]:
        made.append(exact_upper(continuous("beta", stats.beta(a, b), [a, b])))
    for shape, scale in [(0.5, 1), (1, 3), (20, 0.1), (5000, 1)]:
        made.append(continuous("gamma", stats.gamma(shape, scale=scale), [shape, scale]))
    for n, p in [(1, 0.3), (20, 0.02), (500, 0.5), (100000, 0.001)]:
        made.append(discrete("binomial", stats.binom(n, p), [n, p]))
    for mean in [0.2, 7, 400, 100000]:
        made.append(exact_masses(discrete("poisson", stats.poisson(mean), [mean])))
    for size, mean in [(0.3, 2), (5, 5), (100, 900)]:
        made.append(discrete("negativeBinomial", stats.nbinom(size, size / (size + mean)), [size, mean]))
    for n, a, b in [(10, 2, 3), (50, 0.5, 0.7), (400, 30, 300)]:
        made.append(summed(discrete("betaBinomial", stats.betabinom(n, a, b), [n, a, b])))
    return made


def far_tails():
    """Both tails of beta and gamma to 40 digits, down to 1e-300, at shapes small and large."""
    rows = {"beta": [], "gamma": []}
    for a, b in [(0.5, 0.5), (2, 3), (0.01, 5), (50, 950), (3, 20000), (1500, 98500), (30000, 270000)]:
        mean, deviation = a / (a + b), math.sqrt(a * b / (a + b + 1)) / (a + b)
        for z in [-30, -7, -1, 0, 1, 7, 30]:
            x = mean + z * deviation
            if x <= 0:
                x = mean * 10.0**z
            if x >= 1:
                continue
            rows["beta"].append([a, b, x, float(beta_lower(a, b, x)), float(beta_lower(b, a, 1 - mp.mpf(x)))])
    for a in [0.01, 0.5, 1, 7, 100, 5000, 200000]:
        for z in [-30, -7, -1, 0, 1, 7, 30]:
            x = a + z * math.sqrt(a)
            if x <= 0:
                x = a * 10.0**z
            rows["gamma"].append([a, x, *map(float, gamma_tails(a, x))])
    return rows


def intervals():
    rows = []
    for hits, trials in [(0, 10), (1, 10), (3, 7), (10, 10), (45, 1500), (2, 100000), (500, 1000)]:
        for level in [0.5, 0.9, 0.95, 0.999]:
            row = {"hits": hits, "trials": trials, "level": level}
            for ours, theirs in [("wilson", "wilson"), ("clopperPearson", "beta"), ("jeffreys", "jeffreys")]:
                low, high = proportion.proportion_confint(hits, trials, 1 - level, theirs)
                row[ours] = [float(low), float(high)]
            # as defined by Brown, Cai and DasGupta: closed ends at no hits and at hits only
            if hits == 0:
                row["jeffreys"][0] = 0.0
            if hits == trials:
                row["jeffreys"][1] = 1.0
            tail = (1 - level) / 2
            row["poisson"] = [
                float(stats.gamma.ppf(tail, hits)) if hits else 0.0,
                float(stats.gamma.isf(tail, hits + 1)),
            ]
            rows.append(row)
    return rows


def proportion_tests():
    one, two = [], []
    for hits, trials, expected in [(3, 20, 0.3), (12, 20, 0.3), (0, 50, 0.02), (50, 50, 0.9), (510, 1000, 0.5), (7, 7000, 0.01)]:
        row = {"hits": hits, "trials": trials, "expected": expected}
        for ours, theirs in [("two-sided", "two-sided"), ("lower", "less"), ("higher", "greater")]:
            row[ours] = float(stats.binomtest(hits, trials, expected, theirs).pvalue)
        one.append(row)
    for a, n, b, m in [(30, 100, 20, 110), (0, 50, 3, 60), (900, 20000, 1100, 20500), (5, 5, 1, 8), (2, 1000, 900, 1000)]:
        row = {"first": [a, n], "second": [b, m]}
        for ours, theirs in [("two-sided", "two-sided"), ("lower", "smaller"), ("higher", "larger")]:
            z, p = proportion.proportions_ztest([a, b], [n, m], alternative=theirs)
            row[ours] = float(p)
        row["z"] = float(z)
        low, high = proportion.confint_proportions_2indep(a, n, b, m, method="newcomb", alpha=0.1)
        row["newcombe90"] = [float(low), float(high)]
        two.append(row)
    return {"one": one, "two": two}


def mean_tests():
    rows = []
    for n, m, shift in [(5, 8, 0.3), (40, 25, 2.0), (200, 300, -0.1)]:
        a = np.round(rng.normal(10, 2, n), 6)
        b = np.round(rng.normal(10 + shift, 5, m), 6)
        row = {"first": a.tolist(), "second": b.tolist(), "expected": 9.5}
        for ours, theirs in [("two-sided", "two-sided"), ("lower", "less"), ("higher", "greater")]:
            row[ours] = float(stats.ttest_ind(a, b, equal_var=False, alternative=theirs).pvalue)
            row["one " + ours] = float(stats.ttest_1samp(a, 9.5, alternative=theirs).pvalue)
        row["t"] = float(stats.ttest_ind(a, b, equal_var=False).statistic)
        from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

        low, high = CompareMeans(DescrStatsW(a), DescrStatsW(b)).tconfint_diff(usevar="unequal")
        row["interval"] = [float(low), float(high)]
        low, high = stats.ttest_1samp(a, 9.5).confidence_interval(0.9)
        row["one interval 90"] = [float(low), float(high)]
        rows.append(row)
    return rows


def fisher():
    rows = []
    for table in [[[3, 1], [1, 3]], [[8, 2], [1, 5]], [[0, 10], [5, 7]], [[10, 0], [3, 9]], [[120, 880], [80, 920]], [[2, 40000], [19, 39000]]]:
        row = {"table": table}
        for ours, theirs in [("two-sided", "two-sided"), ("lower", "less"), ("higher", "greater")]:
            row[ours] = float(stats.fisher_exact(table, theirs).pvalue)
        found = stats.contingency.odds_ratio(np.array(table), kind="conditional")
        interval = found.confidence_interval(0.95)
        finite = lambda x: None if math.isinf(x) else float(x)
        row["oddsRatio"] = finite(found.statistic)
        row["interval"] = [finite(interval.low), finite(interval.high)]
        rows.append(row)
    return rows


def chi_squared():
    fit, table = [], []
    for counts, shares in [([10, 20, 30], [1, 1, 1]), ([44, 56], [0.5, 0.5]), ([5, 0, 12, 90], [1, 1, 2, 10]), ([4000, 5000], [1, 1])]:
        expected = np.array(shares) / sum(shares) * sum(counts)
        result = stats.chisquare(counts, expected)
        fit.append({"counts": counts, "shares": shares, "statistic": float(result.statistic), "p": float(result.pvalue)})
    for counts in [[[10, 20], [30, 40]], [[5, 6, 7], [50, 3, 8], [1, 2, 30]], [[900, 100], [700, 300]]]:
        statistic, p, df, _ = stats.chi2_contingency(counts, correction=False)
        v = stats.contingency.association(np.array(counts), "cramer")
        table.append({"table": counts, "statistic": float(statistic), "p": float(p), "degrees": int(df), "v": float(v)})
    return {"fit": fit, "table": table}


def rank_tests():
    rows = []
    for n, m, digits in [(4, 5, 9), (8, 30, 9), (40, 60, 9), (30, 50, 0), (300, 200, 1)]:
        a = np.round(rng.normal(0, 1.5, n), digits) + 0.0
        b = np.round(rng.normal(0.4, 1, m), digits) + 0.0
        tied = len(set(a) | set(b)) < n + m
        row = {"first": a.tolist(), "second": b.tolist()}
        method = "exact" if not tied and n * m <= 2500 else "asymptotic"
        for ours, theirs in [("two-sided", "two-sided"), ("lower", "less"), ("higher", "greater")]:
            found = stats.mannwhitneyu(a, b, alternative=theirs, method=method)
            row["u " + ours] = float(found.pvalue)
        row["u"], row["method"] = float(found.statistic), method
        ks = stats.ks_2samp(a, b, method="exact")
        row["d"] = float(ks.statistic)
        row["at"] = float(ks.statistic_location)
        # scipy's exact p takes no notice of ties
        row["ks"] = None if tied else float(ks.pvalue)
        rows.append(row)
    limit = [[x, float(special.kolmogorov(x))] for x in [0.2, 0.5, 0.8, 0.99, 1.0, 1.36, 2, 3.7]]
    return {"samples": rows, "limit": limit}


def multiple():
    ps = [0.04, 0.001, 0.2, 0.03, 0.03, 0.9, 1e-9, 0.012, 1.0]
    adjusted = {"ps": ps}
    for ours, theirs in [("bonferroni", "bonferroni"), ("holm", "holm"), ("benjaminiHochberg", "fdr_bh")]:
        adjusted[ours] = multitest.multipletests(ps, method=theirs)[1].tolist()
    return adjusted


def bias_corrected():
    """The draws that scipy made, so that the same ends can be taken from them."""
    data = np.round(rng.exponential(3, 35), 6)
    found = stats.bootstrap((data,), np.std, n_resamples=999, method="BCa", random_state=4, confidence_level=0.9)
    return {
        "replicates": sorted(found.bootstrap_distribution.tolist()),
        "estimate": float(np.std(data)),
        "jackknife": [float(np.std(np.delete(data, i))) for i in range(len(data))],
        "level": 0.9,
        "interval": [float(found.confidence_interval.low), float(found.confidence_interval.high)],
    }


def lowest(loss, first):
    """The best of several simplex searches: a single one may stop on a slope."""
    options = {"xatol": 1e-10, "fatol": 1e-12, "maxiter": 5000}
    tops = [optimize.minimize(loss, [first, second], method="Nelder-Mead", options=options) for second in range(-1, 6)]
    return min(tops, key=lambda top: top.fun)


def shares():
    fits = []
    for units, a, b, most in [(60, 3, 60, 400), (300, 0.8, 20, 50), (25, 30, 20, 3000)]:
        trials = rng.integers(1, most, units)
        hits = rng.binomial(trials, rng.beta(a, b, units))

        def loss(uv):
            mean, precision = special.expit(uv[0]), np.exp(uv[1])
            x, y = mean * precision, (1 - mean) * precision
            return -np.sum(special.betaln(hits + x, trials - hits + y) - special.betaln(x, y))

        start = special.logit(hits.sum() / trials.sum())
        top = lowest(loss, start)
        mean, precision = float(special.expit(top.x[0])), float(np.exp(top.x[1]))
        posterior = stats.beta(mean * precision + hits[0], (1 - mean) * precision + trials[0] - hits[0])
        fits.append(
            {
                "hits": hits.tolist(),
                "trials": trials.tolist(),
                "mean": mean,
                "precision": precision,
                "logLikelihood": -float(top.fun),
                "first": [float(posterior.mean()), *map(float, posterior.interval(0.9))],
            }
        )
    return fits


def rates():
    fits = []
    for units, shape, mean, most in [(60, 2, 0.05, 900), (200, 0.6, 3, 20), (25, 40, 0.5, 4000)]:
        exposure = np.round(rng.uniform(0.5, most, units), 3)
        count = rng.poisson(exposure * rng.gamma(shape, mean / shape, units))

        def loss(uv):
            rate, a = np.exp(uv[0]), np.exp(uv[1])
            b = a / rate
            likelihood = special.gammaln(a + count) - special.gammaln(a) + a * np.log(b / (b + exposure))
            return -np.sum(likelihood + count * np.log(exposure / (b + exposure)))

        start = np.log(count.sum() / exposure.sum())
        top = lowest(loss, start)
        rate, a = float(np.exp(top.x[0])), float(np.exp(top.x[1]))
        posterior = stats.gamma(a + count[0], scale=1 / (a / rate + exposure[0]))
        fits.append(
            {
                "count": count.tolist(),
                "exposure": exposure.tolist(),
                "mean": rate,
                "shape": a,
                "logLikelihood": -float(top.fun),
                "first": [float(posterior.mean()), *map(float, posterior.interval(0.9))],
            }
        )
    return fits


def survival():
    times = np.round(rng.exponential(10, 80), 0) + 1
    seen = np.round(rng.exponential(15, 80), 0) + 1
    happened = (times <= seen).astype(int)
    watched = np.minimum(times, seen)
    curve = SurvfuncRight(watched, happened)
    s, se = curve.surv_prob, curve.surv_prob_se
    z = stats.norm.ppf(0.975)
    with np.errstate(all="ignore"):
        reach = z * se / (s * -np.log(s))
        low, high = s ** np.exp(reach), s ** np.exp(-reach)
    keep = curve.n_events > 0
    return {
        "times": watched.tolist(),
        "happened": happened.tolist(),
        "steps": [
            [float(t), int(n), int(d), float(p), None if p == 0 else float(lo), None if p == 0 else float(hi)]
            for t, n, d, p, lo, hi, k in zip(curve.surv_times, curve.n_risk, curve.n_events, s, low, high, keep)
            if k
        ],
        "median": float(curve.quantile(0.5)),
        "medianInterval": [float(x) for x in curve.quantile_ci(0.5, method="cloglog")],
    }


def gammas():
    places = [0.01, 0.3, 1, 2.5, 9, 14.9, 15.1, 300, 1e7]
    return {
        "logGamma": [[x, float(special.gammaln(x))] for x in places],
        "digamma": [[x, float(special.digamma(x))] for x in places],
    }


with np.errstate(all="ignore"):
    text = json.dumps(
        {
            "script": "bench/rivals/reference/stats.py",
            "versions": {
                "python": platform.python_version(),
                "scipy": scipy.__version__,
                "statsmodels": statsmodels.__version__.split("+")[0],
                "numpy": np.__version__,
                "mpmath": mp.__version__,
            },
            "distributions": distributions(),
            "farTails": far_tails(),
            "intervals": intervals(),
            "proportionTests": proportion_tests(),
            "meanTests": mean_tests(),
            "fisher": fisher(),
            "chiSquared": chi_squared(),
            "rankTests": rank_tests(),
            "multiple": multiple(),
            "biasCorrected": bias_corrected(),
            "shares": shares(),
            "rates": rates(),
            "survival": survival(),
            "gammas": gammas(),
        },
        allow_nan=False,
    )
with open(OUT, "w") as file:
    # one line for each of the smallest lists and records
    file.write(text.replace("}, {", "},\n{").replace('], "', '],\n"') + "\n")
