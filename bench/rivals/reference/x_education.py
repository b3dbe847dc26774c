"""The folds of the published X Education figures, and those figures again by the scikit-learn at hand.

Figures: logistic regression AUC 0.866, boosted trees 0.874 (scikit-learn 1.9.1; 5 stratified folds, shuffled, seed 42;
what is known of a lead before anybody spoke with it). Only the fold of each row goes into the fixture.
Run:  /usr/bin/python3 bench/rivals/reference/x_education.py ../shared/data/public/x_education/Leads.csv \
        > test/fixtures/reference/x-education-folds.json
"""
import json
import platform
import sys

import numpy as np
import pandas
import sklearn
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

LATE = ["Tags", "Lead Quality", "Lead Profile", "Last Activity", "Last Notable Activity"]
NUMBERS = ["TotalVisits", "Total Time Spent on Website", "Page Views Per Visit"]

leads = pandas.read_csv(sys.argv[1])
y = leads["Converted"].to_numpy()
late = [name for name in leads if name in LATE or name.startswith(("Asymmetrique", "Unnamed"))]
x = leads.drop(columns=[*late, "Prospect ID", "Lead Number", "Converted"])
levels = [name for name in x if name not in NUMBERS]
folds = list(StratifiedKFold(5, shuffle=True, random_state=42).split(x, y))
fold_of = np.zeros(len(y), dtype=int)
for fold, (_, test) in enumerate(folds):
    fold_of[test] = fold

numbers = make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler())
one_hot = make_pipeline(SimpleImputer(strategy="constant", fill_value="missing"), OneHotEncoder(handle_unknown="ignore"))
codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan, encoded_missing_value=np.nan)
places = list(range(len(NUMBERS), len(NUMBERS) + len(levels)))
plain = make_column_transformer(("passthrough", NUMBERS), (codes, levels))
models = {
    "logistic, missing as a level": make_pipeline(
        make_column_transformer((numbers, NUMBERS), (one_hot, levels)), LogisticRegression(max_iter=5000)
    ),
    "boosting, levels as numbers": make_pipeline(plain, HistGradientBoostingClassifier()),
    "boosting, levels as levels": make_pipeline(
        plain, HistGradientBoostingClassifier(categorical_features=places)
    ),
}
for name, model in models.items():
    said = np.zeros(len(y))
    for train, test in folds:
        said[test] = model.fit(x.iloc[train], y[train]).predict_proba(x.iloc[test])[:, 1]
    print(f"{name}: AUC {roc_auc_score(y, said):.4f}, log loss {log_loss(y, said):.4f}", file=sys.stderr)

print(json.dumps({
    "made": {
        "script": "bench/rivals/reference/x_education.py",
        "python": platform.python_version(),
        "numpy": np.__version__,
        "sklearn": sklearn.__version__,
    },
    "folds": "".join(map(str, fold_of)),
}, separators=(",", ":")))
