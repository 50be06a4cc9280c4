#!/usr/bin/env python3
"""mljar's Explain mode: `mljar_explain.py FILE TARGET`."""

import sys
import tempfile

import pandas as pd
from supervised.automl import AutoML


def main():
    table = pd.read_csv(sys.argv[1])
    target = sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        automl = AutoML(mode="Explain", results_path=folder, n_jobs=2, verbose=0, random_state=1)
        automl.fit(table.drop(columns=target), table[target])
        print(automl.get_leaderboard()[["name", "metric_value"]])


if __name__ == "__main__":
    main()
