#!/usr/bin/env python3
"""What other libraries say about the data of this folder: naive, rule, small model, forest.

    env/bin/python reference.py [FILE.csv …]

Tables: scikit-learn, ten folds, three repeats, paired; P(better) after Corani and
Benavoli (2015) with the default margins (0.01 of balanced accuracy, 5 % of the
simpler one's RMSE). Series: statsforecast, rolling origins, mean absolute error
over the in-sample one-step naive error. The rows of README.md's table of right
answers come from here. It is a check by other means, not part of mlfit.
"""

import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats
from sklearn.compose import make_column_transformer
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, RidgeCV
from sklearn.model_selection import GroupKFold, RepeatedKFold, RepeatedStratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

HERE = Path(__file__).resolve().parent

CLASSES = {
    "breast-cancer.csv": ("diagnosis", None),
    "iris.csv": ("species", None),
    "wine.csv": ("grower", None),
    "digits.csv": ("digit", None),
    "vote-1996.csv": ("vote", None),
    "travel-mode.csv": ("chosen", "traveller"),
    "generated-parcel-tariff.csv": ("tariff", None),
    "generated-churn.csv": ("churned", None),
    "generated-no-signal.csv": ("opened", None),
}
NUMBERS = {
    "diabetes.csv": "progression",
    "engel.csv": "food_spending",
    "generated-used-machines.csv": "price_thousands",
}
# target, time, horizon, season, origins
SERIES = {
    "air-passengers.csv": ("passengers_thousands", 12, 12, 36),
    "co2-monthly.csv": ("co2_ppm", 12, 12, 48),
    "sunspots.csv": ("sunspots", 4, 11, 48),
    "nile.csv": ("volume", 1, 1, 40),
    "sea-temperature.csv": ("celsius", 6, 12, 48),
    "electrical-equipment.csv": ("turnover_index", 6, 12, 36),
    "treasury-bill.csv": ("rate_percent", 1, 4, 60),
    "real-gdp.csv": ("billion_dollars", 4, 4, 48),
}


def encoder(frame, scaled):
    words = [name for name in frame if not pd.api.types.is_numeric_dtype(frame[name])]
    numbers = [name for name in frame if name not in words]
    number_steps = [SimpleImputer(strategy="median")] + ([StandardScaler()] if scaled else [])
    code = (
        OneHotEncoder(handle_unknown="ignore")
        if scaled
        else OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    )
    return make_column_transformer(
        (make_pipeline(*number_steps), numbers),
        (make_pipeline(SimpleImputer(strategy="constant", fill_value="missing"), code), words),
    )


def single_columns(frame, model):
    """One candidate per column: a small tree on it alone, in the spirit of 1R."""
    return {
        f"1R {name}": (make_pipeline(encoder(frame[[name]], False), model), frame[[name]]) for name in frame
    }


def probability_better(difference, margin, share):
    n, scale = len(difference), np.std(difference, ddof=1)
    if scale == 0:
        return float(np.mean(difference) > margin)
    spread = scale * np.sqrt(1 / n + share / (1 - share))
    return 1 - stats.t.cdf((margin - difference.mean()) / spread, n - 1)


def tables(name, target, group=None):
    frame = pd.read_csv(HERE / name)
    y = frame.pop(target)
    classes = name in CLASSES
    groups = frame.pop(group) if group else None
    if classes:
        metric, sign = "balanced_accuracy", 1
        dummy, tree = DummyClassifier(), DecisionTreeClassifier
        linear, forest = LogisticRegression(max_iter=3000), RandomForestClassifier(100, random_state=0, n_jobs=2)
        folds = GroupKFold(10) if group else RepeatedStratifiedKFold(n_splits=10, n_repeats=3, random_state=0)
    else:
        metric, sign = "neg_root_mean_squared_error", -1
        dummy, tree = DummyRegressor(), DecisionTreeRegressor
        linear, forest = RidgeCV(np.logspace(-3, 3, 13)), RandomForestRegressor(100, random_state=0, n_jobs=2)
        folds = RepeatedKFold(n_splits=10, n_repeats=3, random_state=0)
    score = lambda model, x: sign * cross_val_score(model, x, y, scoring=metric, cv=folds, groups=groups)
    results = {"naive": score(dummy, frame)}
    if frame.shape[1] <= 40:
        best = {}
        for label, (model, x) in single_columns(frame, tree(max_leaf_nodes=8, min_samples_leaf=6, random_state=0)).items():
            best[label] = score(model, x)
        label = max(best, key=lambda key: sign * best[key].mean())
        results[label] = best[label]
    results["tree of depth 3"] = score(
        make_pipeline(encoder(frame, classes), tree(max_depth=3, random_state=0)), frame
    )
    if frame.shape[1] == 1:
        del results["tree of depth 3"]
        one = frame.columns[0]
        results[f"line on {one}"] = score(make_pipeline(encoder(frame, True), linear), frame)
    results["linear or logistic"] = score(make_pipeline(encoder(frame, True), linear), frame)
    results["forest"] = score(make_pipeline(encoder(frame, False), forest), frame)
    print(f"{name}: {len(frame)} rows, {metric.removeprefix('neg_')}")
    for label, values in results.items():
        print(f"  {label:32} {values.mean():9.4f} ± {values.std(ddof=1):.4f}")
    rule = min((k for k in results if k not in ("naive", "linear or logistic", "forest")), key=lambda k: -sign * results[k].mean())
    pairs = [("naive", rule), (rule, "linear or logistic"), (rule, "forest"), ("linear or logistic", "forest")]
    for low, high in pairs:
        margin = 0.01 if classes else 0.05 * results[low].mean()
        chance = probability_better(sign * (results[high] - results[low]), margin, 0.1)
        print(f"    {high} better than {low} by more than {margin:.3g}: P = {chance:.3f}")


def series(name, target, horizon, season, origins):
    from statsforecast import StatsForecast
    from statsforecast import models as m

    frame = pd.read_csv(HERE / name)
    values = frame[target].interpolate().to_numpy(float)
    index = np.arange(len(values))
    data = pd.DataFrame({"unique_id": "a", "ds": index, "y": values})
    lines = [
        m.Naive(), m.HistoricAverage(), m.RandomWalkWithDrift(), m.SeasonalNaive(season_length=max(season, 1)),
        m.DynamicOptimizedTheta(season_length=season), m.AutoETS(season_length=season if season <= 12 else 1),
    ]
    forecasts = StatsForecast(models=lines, freq=1).cross_validation(
        df=data, h=horizon, n_windows=origins, step_size=1
    )
    # Linear regression on the last `lags` values, forecast step by step.
    lags = max(2 * season, 4)
    own = []
    for cutoff in forecasts["cutoff"].unique():
        known = list(values[: int(cutoff) + 1])
        rows = np.array([known[i - lags : i] for i in range(lags, len(known))])
        model = RidgeCV(np.logspace(-3, 3, 7)).fit(rows, known[lags:])
        for _ in range(horizon):
            known.append(float(model.predict([known[-lags:]])[0]))
        own.extend(known[-horizon:])
    forecasts["linear on lags"] = own
    print(f"{name}: {len(values)} points, horizon {horizon}, {origins} origins, MAE over one-step naive's")
    scale = np.mean(np.abs(np.diff(values[: -origins - horizon + 1])))
    errors = {}
    for label in [line.alias for line in lines] + ["linear on lags"]:
        loss = (forecasts[label] - forecasts["y"]).abs().groupby(forecasts["cutoff"]).mean() / scale
        errors[label] = loss.to_numpy()
        print(f"  {label:32} {loss.mean():9.4f} ± {loss.std():.4f}")
    simple = min(["Naive", "HistoricAverage"], key=lambda k: errors[k].mean())
    rule = min(["RWD", "SeasonalNaive", "DynamicOptimizedTheta"], key=lambda k: errors[k].mean())
    small = min(["AutoETS", "linear on lags"], key=lambda k: errors[k].mean())
    for low, high in [(simple, rule), (simple, small), (rule, small)]:
        d = errors[low] - errors[high]
        n, margin = len(d), 0.05 * errors[low].mean()
        centred = d - d.mean()
        variance = sum((1 if k == 0 else 2 * (1 - k / horizon)) * centred[k:] @ centred[: n - k] / n for k in range(horizon))
        spread = np.sqrt(max(variance, 1e-18) / n * n / max(n + 1 - 2 * horizon + horizon * (horizon - 1) / n, 1))
        chance = 1 - stats.t.cdf((margin - d.mean()) / spread, n - 1)
        print(f"    {high} better than {low} by more than {margin:.3g}: P ≈ {chance:.3f}")


def main():
    warnings.simplefilter("ignore")
    wanted = sys.argv[1:] or [*CLASSES, *NUMBERS, *SERIES]
    for name in wanted:
        if name in CLASSES:
            tables(name, *CLASSES[name])
        elif name in NUMBERS:
            tables(name, NUMBERS[name])
        elif name in SERIES:
            series(name, *SERIES[name])
        else:
            sys.exit(f"{name}: not among the data sets checked here")


if __name__ == "__main__":
    main()
