#!/usr/bin/env python3
"""Writes the tables of the comparison: `data.py FOLDER` (30,000 x 14 mixed, about 200 MB of CSV,
1,000,000 x 30; 100, 1,000 and 4,000 monthly series of 120 points)."""

import sys
from pathlib import Path

import numpy as np

ROWS = 30_000


def mixed(path, rows=ROWS, repeat=1, noise=0):
    """Eight numbers, six categories and a target of two classes that a blend of both decides; and
    `noise` more numbers that decide nothing."""
    random = np.random.default_rng(7)
    with open(path, "w", encoding="utf-8", newline="") as file:
        numbers = [f"number_{k}" for k in range(1, 9 + noise)]
        categories = [f"category_{k}" for k in range(1, 7)]
        file.write(",".join([*numbers, *categories, "outcome"]) + "\n")
        for _ in range(repeat):
            values = random.normal(size=(rows, 8 + noise))
            codes = np.stack([random.integers(0, size, rows) for size in (2, 3, 5, 8, 13, 40)], axis=1)
            score = (
                values[:, 0]
                - 0.7 * values[:, 1]
                + 0.5 * values[:, 2] * values[:, 3]
                + 0.8 * (codes[:, 0] == 1)
                - 0.6 * (codes[:, 2] == 3)
                + 0.4 * np.abs(values[:, 4])
            )
            outcome = random.random(rows) < 1 / (1 + np.exp(1.2 - score))
            for row in range(rows):
                cells = [f"{value:.6f}" for value in values[row]]
                cells += [f'"level {code}"' if k % 2 else f"level {code}" for k, code in enumerate(codes[row])]
                file.write(",".join(cells) + ("," + "yes" if outcome[row] else ",no") + "\n")


def series(path, count, points=120):
    """Monthly series with trend, season and noise."""
    random = np.random.default_rng(11)
    months = np.arange(points)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("series,month,value\n")
        for name in range(count):
            values = 100 + 0.3 * months + 15 * np.sin(2 * np.pi * months / 12) + random.normal(0, 4, points)
            for month, value in zip(months, values):
                file.write(f"s{name},{2000 + month // 12}-{month % 12 + 1:02d}-01,{value:.3f}\n")


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    mixed(folder / "mixed-30k.csv")
    mixed(folder / "large.csv", rows=100_000, repeat=16)
    mixed(folder / "million.csv", rows=100_000, repeat=10, noise=16)
    for count in (100, 1_000, 4_000):
        series(folder / f"series-{count}.csv", count)


if __name__ == "__main__":
    main()
