#!/usr/bin/env python3
"""The contest in scikit-learn: `scikit_learn.py FILE TARGET [REPEATS]`."""

import sys
import warnings

import pandas as pd
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import RepeatedStratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier

warnings.filterwarnings("ignore")


def main():
    table = pd.read_csv(sys.argv[1])
    target = sys.argv[2]
    repeats = int(sys.argv[3]) if len(sys.argv) > 3 else 10
    features, labels = table.drop(columns=target), table[target]
    folds = RepeatedStratifiedKFold(n_splits=10, n_repeats=repeats, random_state=1)
    for name, model in {
        "dummy": DummyClassifier(),
        "tree of depth 3": DecisionTreeClassifier(max_depth=3, random_state=1),
        "logistic regression": LogisticRegression(max_iter=1000),
        "forest of 100": RandomForestClassifier(100, random_state=1),
    }.items():
        encode = make_column_transformer(
            (StandardScaler(), make_column_selector(dtype_include="number")),
            (OneHotEncoder(handle_unknown="ignore"), make_column_selector(dtype_exclude="number")),
        )
        scores = cross_val_score(
            make_pipeline(encode, model), features, labels, scoring="balanced_accuracy", cv=folds, n_jobs=2
        )
        print(f"{name}: {scores.mean():.4f}")


if __name__ == "__main__":
    main()
