#!/usr/bin/env python3
"""LazyPredict on one split: `lazy_predict.py FILE TARGET`."""

import sys
import warnings

import pandas as pd
from lazypredict.Supervised import LazyClassifier
from sklearn.model_selection import train_test_split

warnings.filterwarnings("ignore")


def main():
    table = pd.read_csv(sys.argv[1])
    target = sys.argv[2]
    features, labels = table.drop(columns=target), table[target].astype("category").cat.codes
    train, test, train_labels, test_labels = train_test_split(
        features, labels, test_size=0.2, random_state=1, stratify=labels
    )
    models, _ = LazyClassifier(verbose=0, ignore_warnings=True).fit(train, test, train_labels, test_labels)
    print(models.head(5))


if __name__ == "__main__":
    main()
