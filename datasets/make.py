#!/usr/bin/env python3
"""Writes every data file of this folder, byte for byte the same on every run.

    python3 -m venv env && env/bin/pip install -r requirements.txt
    env/bin/python make.py            # writes the files beside this script
    env/bin/python make.py --check    # writes nothing, fails if a file would differ

Real data come from the copies that scikit-learn, statsmodels and statsforecast
carry in their packages; nothing is fetched from the network. Generated data
are drawn with `random.Random(seed).random()` only, whose sequence Python
promises to keep; their functions are named `generated_…`, and README.md names
them as generated too. Sources, licences and citations: README.md.
"""

import csv
import gzip
import io
import math
import random
import sys
from importlib import resources
from pathlib import Path

HERE = Path(__file__).resolve().parent


def packaged_rows(package, name, delimiter=","):
    """The rows of a CSV that a package carries, as lists of text."""
    raw = resources.files(package).joinpath(name).read_bytes()
    if name.endswith(".gz"):
        raw = gzip.decompress(raw)
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=delimiter))


def packaged_records(package, name, delimiter=","):
    """The same as dictionaries by header, without the spaces and quotes around names."""
    header, *rows = packaged_rows(package, name, delimiter)
    names = [field.strip(" '") for field in header]
    return [dict(zip(names, (field.strip() for field in row))) for row in rows if row]


def tidy(text):
    """A number as the shortest text that reads back the same; anything else as it stands."""
    try:
        value = float(text)
    except ValueError:
        return text
    if math.isnan(value):
        return ""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


# Real data: rows -----------------------------------------------------------------


def breast_cancer():
    _, *rows = packaged_rows("sklearn.datasets.data", "breast_cancer.csv")
    measures = [
        "radius", "texture", "perimeter", "area", "smoothness",
        "compactness", "concavity", "concave_points", "symmetry", "fractal_dimension",
    ]
    header = [f"{summary}_{measure}" for summary in ("mean", "error", "worst") for measure in measures]
    names = {"0": "malignant", "1": "benign"}
    return header + ["diagnosis"], [[tidy(v) for v in row[:-1]] + [names[row[-1]]] for row in rows]


def iris():
    (_, _, *names), *rows = packaged_rows("sklearn.datasets.data", "iris.csv")
    header = ["sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm", "species"]
    return header, [[tidy(v) for v in row[:-1]] + [names[int(row[-1])]] for row in rows]


def wine():
    _, *rows = packaged_rows("sklearn.datasets.data", "wine_data.csv")
    header = [
        "alcohol", "malic_acid", "ash", "alkalinity_of_ash", "magnesium", "total_phenols",
        "flavonoids", "nonflavonoid_phenols", "proanthocyanins", "color_intensity", "hue",
        "od280_od315", "proline", "grower",
    ]
    return header, [[tidy(v) for v in row[:-1]] + ["ABC"[int(row[-1])]] for row in rows]


def digits():
    rows = packaged_rows("sklearn.datasets.data", "digits.csv.gz")
    header = [f"pixel_{row}_{column}" for row in range(8) for column in range(8)]
    return header + ["digit"], [[tidy(v) for v in row] for row in rows]


def diabetes():
    values = packaged_rows("sklearn.datasets.data", "diabetes_data_raw.csv.gz", delimiter=" ")
    targets = packaged_rows("sklearn.datasets.data", "diabetes_target.csv.gz")
    header = [
        "age", "sex", "body_mass_index", "blood_pressure", "total_cholesterol",
        "low_density_lipoproteins", "high_density_lipoproteins", "cholesterol_ratio",
        "log_triglycerides", "blood_sugar", "progression",
    ]
    # The source codes sex as 1 and 2 without saying which is which.
    sex = {"1": "sex-1", "2": "sex-2"}
    rows = []
    for value, target in zip(values, targets, strict=True):
        row = [tidy(v) for v in value]
        row[1] = sex[row[1]]
        rows.append(row + [tidy(target[0])])
    return header, rows


def vote_1996():
    parties = [
        "strong Democrat", "weak Democrat", "leaning Democrat", "independent",
        "leaning Republican", "weak Republican", "strong Republican",
    ]
    schooling = [
        "grades 1 to 8", "some high school", "high school", "some college",
        "college degree", "master's degree", "doctorate",
    ]
    income_from = [
        0, 3000, 5000, 7000, 9000, 10000, 11000, 12000, 13000, 14000, 15000, 17000, 20000,
        22000, 25000, 30000, 35000, 40000, 45000, 50000, 60000, 75000, 90000, 105000,
    ]
    header = [
        "place_population_thousands", "tv_news_days", "own_placement", "clinton_placement",
        "dole_placement", "party", "age", "education", "income_from_dollars", "vote",
    ]
    rows = []
    for record in packaged_records("statsmodels.datasets.anes96", "anes96.csv", delimiter="\t"):
        rows.append([
            tidy(record["popul"]), tidy(record["TVnews"]), tidy(record["selfLR"]),
            tidy(record["ClinLR"]), tidy(record["DoleLR"]), parties[int(float(record["PID"]))],
            tidy(record["age"]), schooling[int(float(record["educ"])) - 1],
            str(income_from[int(float(record["income"])) - 1]),
            ["Clinton", "Dole"][int(float(record["vote"]))],
        ])
    return header, rows


def travel_mode():
    modes = {"1": "air", "2": "train", "3": "bus", "4": "car"}
    header = [
        "traveller", "mode", "wait_minutes", "cost_dollars", "travel_minutes",
        "household_income_thousands", "party_size", "chosen",
    ]
    rows = [
        [
            record["individual"], modes[record["mode"]], tidy(record["ttme"]), tidy(record["invc"]),
            tidy(record["invt"]), tidy(record["hinc"]), tidy(record["psize"]),
            {"0": "no", "1": "yes"}[record["choice"]],
        ]
        for record in packaged_records("statsmodels.datasets.modechoice", "modechoice.csv", delimiter=";")
    ]
    return header, rows


def engel():
    records = packaged_records("statsmodels.datasets.engel", "engel.csv")
    return ["income", "food_spending"], [[tidy(r["income"]), tidy(r["foodexp"])] for r in records]


# Real data: series ---------------------------------------------------------------


def month(year, number):
    return f"{year:04d}-{number:02d}-01"


def air_passengers():
    from statsforecast.utils import AirPassengers

    rows = [
        [month(1949 + i // 12, i % 12 + 1), tidy(str(float(value)))]
        for i, value in enumerate(AirPassengers)
    ]
    return ["month", "passengers_thousands"], rows


def co2_weekly():
    header = ["week", "co2_ppm"]
    rows = []
    for record in packaged_records("statsmodels.datasets.co2", "co2.csv"):
        day = record["date"].split(".")[0]
        rows.append([f"{day[:4]}-{day[4:6]}-{day[6:]}", tidy(record["co2"])])
    return header, rows


def co2_monthly():
    """Means over the weeks of a month; the five months without a reading stay empty."""
    months = {}
    for day, value in co2_weekly()[1]:
        months.setdefault(day[:7], []).append(value)
    rows = []
    for key, values in months.items():
        known = [float(value) for value in values if value]
        rows.append([f"{key}-01", tidy(repr(round(sum(known) / len(known), 2))) if known else ""])
    return ["month", "co2_ppm"], rows


def sunspots():
    records = packaged_records("statsmodels.datasets.sunspots", "sunspots.csv")
    return ["year", "sunspots"], [[tidy(r["YEAR"]), tidy(r["SUNACTIVITY"])] for r in records]


def nile():
    records = packaged_records("statsmodels.datasets.nile", "nile.csv")
    return ["year", "volume"], [[tidy(r["year"]), tidy(r["volume"])] for r in records]


def sea_temperature():
    header, *rows = packaged_rows("statsmodels.datasets.elnino", "elnino.csv")
    assert header[0] == "YEAR" and len(header) == 13
    return ["month", "celsius"], [
        [month(int(row[0]), number), tidy(row[number])] for row in rows for number in range(1, 13)
    ]


def electrical_equipment():
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    _, *rows = packaged_rows("statsmodels.datasets.elec_equip", "elec_equip.csv")
    result = []
    for when, value in rows:
        name, _, year = when.split("-")
        result.append([month(int(year), months.index(name) + 1), tidy(value)])
    return ["month", "turnover_index"], result


def macro(column, name):
    def series():
        rows = []
        for record in packaged_records("statsmodels.datasets.macrodata", "macrodata.csv"):
            year, quarter = int(float(record["year"])), int(float(record["quarter"]))
            rows.append([month(year, 3 * quarter - 2), tidy(record[column])])
        return ["quarter", name], rows

    return series


def fertility():
    """One row per country and year; countries with a gap are left out."""
    rows = []
    for record in packaged_records("statsmodels.datasets.fertility", "fertility.csv"):
        values = [record[str(year)] for year in range(1960, 2012)]
        if all(values):
            rows.extend(
                [record["Country Code"], str(1960 + i), tidy(value)] for i, value in enumerate(values)
            )
    return ["country", "year", "births_per_woman"], rows


# Generated data --------------------------------------------------------------------


def pick(draw, options):
    """One of the options, each as likely."""
    return options[int(draw.random() * len(options))]


def normal(draw):
    """A standard normal deviate (Box and Muller 1958), from `random()` alone."""
    return math.sqrt(-2.0 * math.log(1.0 - draw.random())) * math.cos(2.0 * math.pi * draw.random())


def generated_parcel_tariff():
    """A complete tariff table: zone and weight class give the tariff; nothing else matters."""
    draw = random.Random(1001)
    zones = ["home", "near", "far", "island"]
    classes = ["letter", "small", "medium", "large", "bulky"]
    tariff = {
        "home": "AABBC", "near": "ABBCD", "far": "BBCDC", "island": "BCADD",
    }
    header = ["zone", "weight_class", "order_value", "items", "weekday", "customer", "tariff"]
    weekdays = "Mon Tue Wed Thu Fri Sat".split()
    rows = []
    for _ in range(1200):
        zone, size = pick(draw, zones), pick(draw, classes)
        rows.append([
            zone, size, f"{math.exp(3.5 + 0.8 * normal(draw)):.2f}", str(1 + int(draw.random() * 6)),
            pick(draw, weekdays), pick(draw, ["private", "business"]),
            tariff[zone][classes.index(size)],
        ])
    return header, rows


def generated_churn():
    """Monthly contracts in their first half-year are left often, all others seldom."""
    draw = random.Random(1002)
    header = [
        "contract", "tenure_months", "monthly_charge", "payment", "support_calls", "region",
        "paperless", "age", "churned",
    ]
    rows = []
    for _ in range(3000):
        contract = ["monthly", "monthly", "yearly", "two years"][int(draw.random() * 4)]
        tenure = int(72 * draw.random() ** 1.8)
        charge = 20 + 70 * draw.random()
        calls = int(-1.2 * math.log(1.0 - draw.random()))
        payment = pick(draw, ["transfer", "card", "debit", "cheque"])
        region = pick(draw, ["north", "east", "south", "west"])
        paperless = pick(draw, ["yes", "no"])
        age = int(18 + 62 * draw.random())
        risk = 0.78 if contract == "monthly" and tenure < 6 else 0.07
        churned = "yes" if draw.random() < risk else "no"
        rows.append([
            contract, str(tenure), "" if draw.random() < 0.05 else f"{charge:.2f}",
            "" if draw.random() < 0.08 else payment, str(calls), region, paperless,
            "" if draw.random() < 0.15 else str(age), churned,
        ])
    return header, rows


def generated_used_machines():
    """Prices from twelve columns that add up, with some noise: what a line is made for."""
    draw = random.Random(1003)
    makers = {"Arvo": 0.0, "Belt": -4.0, "Corda": 5.0, "Dromo": -2.0, "Etna": 2.5}
    header = [
        "maker", "age_years", "hours", "power_kw", "reach_m", "load_t", "services", "owners",
        "tyres_percent", "engine_rebuilt", "cabin", "distance_km", "price_thousands",
    ]
    rows = []
    for _ in range(1500):
        maker = pick(draw, list(makers))
        age, hours = 1 + 14 * draw.random(), 200 + 9800 * draw.random()
        power, reach, load = 40 + 120 * draw.random(), 4 + 8 * draw.random(), 1 + 7 * draw.random()
        services, owners = int(draw.random() * 10), 1 + int(draw.random() * 4)
        tyres, rebuilt = 10 + 90 * draw.random(), pick(draw, ["yes", "no"])
        cabin, distance = pick(draw, ["open", "closed", "heated"]), 5 + 700 * draw.random()
        price = (
            48 + makers[maker] - 1.5 * age - 0.0018 * hours + 0.16 * power + 1.6 * reach + 1.9 * load
            + 0.7 * services - 1.8 * (owners - 1) + 0.08 * tyres + (4.5 if rebuilt == "yes" else 0.0)
            + {"open": -2.5, "closed": 0.0, "heated": 2.0}[cabin] - 0.006 * distance + 3.5 * normal(draw)
        )
        rows.append([
            maker, f"{age:.1f}", f"{hours:.0f}", f"{power:.0f}", f"{reach:.1f}", f"{load:.1f}",
            "" if draw.random() < 0.04 else str(services), str(owners), f"{tyres:.0f}", rebuilt, cabin,
            f"{distance:.0f}", f"{max(price, 1.0):.1f}",
        ])
    return header, rows


def generated_no_signal():
    """Columns that have nothing to do with the outcome: there is nothing to learn."""
    draw = random.Random(1004)
    header = ["weekday", "hour", "subject_words", "emoji", "segment", "days_since_last", "opened"]
    rows = []
    for _ in range(2000):
        rows.append([
            pick(draw, "Mon Tue Wed Thu Fri Sat Sun".split()), str(6 + int(draw.random() * 16)),
            str(2 + int(draw.random() * 11)), pick(draw, ["yes", "no"]),
            pick(draw, ["new", "regular", "lapsed"]), str(1 + int(draw.random() * 60)),
            "yes" if draw.random() < 0.31 else "no",
        ])
    return header, rows


FILES = {
    "breast-cancer.csv": breast_cancer,
    "iris.csv": iris,
    "wine.csv": wine,
    "digits.csv": digits,
    "diabetes.csv": diabetes,
    "vote-1996.csv": vote_1996,
    "travel-mode.csv": travel_mode,
    "engel.csv": engel,
    "air-passengers.csv": air_passengers,
    "co2-weekly.csv": co2_weekly,
    "co2-monthly.csv": co2_monthly,
    "sunspots.csv": sunspots,
    "nile.csv": nile,
    "sea-temperature.csv": sea_temperature,
    "electrical-equipment.csv": electrical_equipment,
    "treasury-bill.csv": macro("tbilrate", "rate_percent"),
    "real-gdp.csv": macro("realgdp", "billion_dollars"),
    "fertility.csv": fertility,
    "generated-parcel-tariff.csv": generated_parcel_tariff,
    "generated-churn.csv": generated_churn,
    "generated-used-machines.csv": generated_used_machines,
    "generated-no-signal.csv": generated_no_signal,
}


def render(header, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit("usage: make.py [--check]")
    different = []
    for name, make in FILES.items():
        header, rows = make()
        assert all(len(row) == len(header) for row in rows), name
        content = render(header, rows)
        path = HERE / name
        if check:
            if not path.exists() or path.read_bytes() != content:
                different.append(name)
        else:
            path.write_bytes(content)
            print(f"{name}: {len(rows)} rows, {len(header)} columns, {len(content)} bytes")
    if different:
        sys.exit("not as generated: " + ", ".join(different))


if __name__ == "__main__":
    main()
