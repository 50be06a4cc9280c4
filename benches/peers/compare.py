#!/usr/bin/env python3
"""Runs mlfit and its peers on the same tables, each as a whole process, and prints docs/PERFORMANCE.md.

See README.md beside this file for how to call it.
"""

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DATA = ROOT / "target" / "peers"
RELEASE = ROOT / "target" / "release"
BREAST = ROOT / "datasets" / "breast-cancer.csv"
PASSENGERS = ROOT / "datasets" / "air-passengers.csv"
MIXED = DATA / "mixed-30k.csv"
LARGE = DATA / "large.csv"
MILLION = DATA / "million.csv"


def peak_of(process):
    """The largest sum of resident memory that the process and its children were seen to hold, in MB."""
    page = os.sysconf("SC_PAGE_SIZE")
    peak = 0
    while process.poll() is None:
        family, total = {process.pid}, 0
        try:
            parents = {}
            for entry in os.listdir("/proc"):
                if entry.isdigit():
                    with open(f"/proc/{entry}/stat", encoding="utf-8") as file:
                        fields = file.read().rsplit(")", 1)[1].split()
                    parents[int(entry)] = int(fields[1])
            grown = True
            while grown:
                more = {pid for pid, parent in parents.items() if parent in family} - family
                grown = bool(more)
                family |= more
            for pid in family:
                with open(f"/proc/{pid}/statm", encoding="utf-8") as file:
                    total += int(file.read().split()[1]) * page
        except (OSError, IndexError, ValueError):
            pass
        peak = max(peak, total)
        time.sleep(0.05)
    return peak / 1e6


def once(command):
    """Wall seconds, processor seconds (of the process and its children), peak memory, and what was
    printed; or None and why there is none of that."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        begun, before = time.perf_counter(), os.times()
        process = subprocess.Popen([str(part) for part in command], cwd=DATA, stdout=output, stderr=errors)
        peaks = []
        watch = threading.Thread(target=lambda: peaks.append(peak_of(process)))
        watch.start()
        process.wait()
        wall, after = time.perf_counter() - begun, os.times()
        watch.join()
        output.seek(0)
        errors.seek(0)
        printed, complaints = output.read(), errors.read()
    if process.returncode != 0:
        lines = complaints.strip().splitlines() or ["no message"]
        return None, lines[-1][:80]
    processor = after.children_user - before.children_user + after.children_system - before.children_system
    return (wall, processor, peaks[0]), printed


def measure(jobs):
    """Every job with the medians of its figures. Jobs take turns, so that a machine that is
    slower for a while is slower for all of them."""
    figures, said = [[] for _ in jobs], [""] * len(jobs)
    for turn in range(max((times for *_, times in jobs), default=0)):
        for place, (*_, command, times) in enumerate(jobs):
            if turn < times and figures[place] is not None:
                found, said[place] = once(command)
                figures[place] = None if found is None else figures[place] + [found]
    for (job, who, _, _), found, printed in zip(jobs, figures, said):
        medians = found and [sorted(column)[len(column) // 2] for column in zip(*found)]
        yield job, who, medians, printed


def scores_of(who, printed):
    """What was scored, in balanced accuracy, by those who print scores on ten folds."""
    if who.startswith("mlfit") and printed.startswith("{"):
        evidence = json.loads(printed)
        return {
            contender["id"]: contender["mean"]
            for contender in evidence["contenders"]
            if contender.get("mean") is not None and evidence["metric"]["name"] == "balanced-accuracy"
        }
    if who.startswith("scikit-learn"):
        return {name: float(score) for name, score in (line.split(": ") for line in printed.splitlines() if ": " in line)}
    return {}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--only", default="mlfit,scikit-learn,lazypredict,mljar,series,csv")
    options.add_argument("--tables", default="small,mixed,million", help="569 × 30, 30,000 × 14, 1,000,000 × 30")
    options.add_argument("--scikit-repeats", type=int, default=10)
    options.add_argument("--times", type=int, default=3, help="runs of every short process; the median counts")
    chosen = options.parse_args()
    only = set(chosen.only.split(","))
    tables = set(chosen.tables.split(","))
    if not (DATA / "series-4000.csv").exists():
        subprocess.run([sys.executable, HERE / "data.py", DATA], check=True)
    mlfit, python = RELEASE / "mlfit", sys.executable
    repeats = chosen.scikit_repeats
    jobs = []
    for label, file, target in (("569 × 30", BREAST, "diagnosis"), ("30,000 × 14 mixed", MIXED, "outcome")):
        small = file == BREAST
        if ("small" if small else "mixed") not in tables:
            continue
        if "mlfit" in only:
            jobs.append((label, "mlfit, all tiers, 10 × 10 folds forced", [mlfit, "bench", file, "--target", target, "--repeats", "10", "--json"], chosen.times))
            jobs.append((label, "mlfit as it comes (stops when settled)", [mlfit, "bench", file, "--target", target, "--json"], chosen.times))
        if "scikit-learn" in only:
            count = 10 if small else repeats
            jobs.append((label, f"scikit-learn, 4 models, 10 × {count} folds, n_jobs=2", [python, HERE / "scikit_learn.py", file, target, count], chosen.times if small else 1))
        if "lazypredict" in only:
            jobs.append((label, "LazyPredict, one split", [python, HERE / "lazy_predict.py", file, target], 1))
        if "mljar" in only:
            jobs.append((label, "mljar, Explain", [python, HERE / "mljar_explain.py", file, target], 1))
    if "mlfit" in only and "million" in tables:
        jobs.append(("1,000,000 × 30 mixed", "mlfit as it comes (one holdout)", [mlfit, "bench", MILLION, "--target", "outcome", "--json"], 1))
    if "series" in only:
        asked = ["--target", "value", "--time", "month", "--horizon", "12", "--json"]
        for count in (100, 1_000, 4_000):
            file = DATA / f"series-{count}.csv"
            jobs.append((f"{count:,} series of 120 months", "mlfit, all tiers, 12 ahead", [mlfit, "bench", file, "--group", "series", *asked], 1))
        passengers = ["--target", "passengers_thousands", "--time", "month", "--horizon", "12", "--json"]
        jobs.append(("one series of 144 months", "mlfit, all tiers, 12 ahead", [mlfit, "bench", PASSENGERS, *passengers], chosen.times))
    if "csv" in only:
        size = f"reading {LARGE.stat().st_size / 1e6:.0f} MB of CSV"
        jobs.append((size, "mlfit's reader", [RELEASE / "examples" / "read_csv", LARGE], chosen.times))
        jobs.append((size, "polars, read_csv", [python, HERE / "polars_read.py", LARGE], chosen.times))
    print("# Performance, measured\n")
    print(
        f"Whole processes side by side, printed by `benches/peers/compare.py {' '.join(sys.argv[1:])}` on "
        f"{datetime.date.today()}: {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}. "
        "Seconds are wall time; processor seconds are those of the process and its children together; memory is "
        "the largest sum of resident memory over the process and its children. "
        f"Median of {chosen.times} runs for short processes, which take turns; one run for long ones.\n"
    )
    print("| job | who | seconds | processor seconds | peak MB |\n|---|---|---|---|---|")
    scored = []
    for job, who, measured, printed in measure(jobs):
        if measured is None:
            print(f"| {job} | {who} | failed: {printed} | | |", flush=True)
            continue
        seconds, processor, peak = measured
        print(f"| {job} | {who} | {seconds:.2f} | {processor:.2f} | {peak:.0f} |", flush=True)
        scored += [(job, who, name, score) for name, score in scores_of(who, printed).items()]
    if scored:
        print("\nMean balanced accuracy over the folds of those runs (each draws its own folds):\n")
        print("| job | who | contender | score |\n|---|---|---|---|")
        for job, who, name, score in scored:
            print(f"| {job} | {who} | {name} | {score:.4f} |")


if __name__ == "__main__":
    main()
