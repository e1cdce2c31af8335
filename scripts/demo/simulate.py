"""Simulate `performance.csv`: weekly results per creative, from a hidden quality and noise. Nothing here is real.

The model, for a creative in week w of its flight:

    rate   = campaign click rate x placement factor x quality x fatigue(w) x noise
    clicks ~ Binomial(impressions, rate)
    orders ~ Binomial(clicks, campaign conversion x quality ** 0.35 x noise)

Quality is fixed by hand from what a buyer would expect (a strong hook is above 1, a defect below), then
blurred by one draw per creative, so that it cannot be read off the result. Fatigue loses 4 % a week.
"""

from __future__ import annotations

import csv
import math
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

SEED = "gancho-demo-1"
FOLDER = Path(__file__).resolve().parents[2] / "datasets" / "demo"
WEEKS_MAX = 7
LAST_DAY = date(2026, 11, 15)
FATIGUE = 0.96
QUALITY_BLUR = 0.12
WEEK_NOISE = 0.10

QUALITY: dict[str, float] = {
    "brasal-01-lunes": 1.25,
    "brasal-02-fresco": 1.15,
    "brasal-03-ritual": 1.05,
    "brasal-04-primer-pedido": 1.35,
    "zankia-01-easy-days": 1.10,
    "zankia-02-bounce": 1.35,
    "zankia-03-26-miles": 0.80,
    "zankia-04-trade-in": 0.60,
    "morralito-01-playa": 1.40,
    "morralito-02-empieza": 0.85,
    "morralito-03-quincena": 1.15,
    "halmere-01-calm": 1.35,
    "halmere-02-winter": 0.50,
    "halmere-03-set": 0.75,
    "lenga-01-lago": 1.30,
    "lenga-02-estrellas": 1.35,
    "lenga-03-invierno": 0.95,
    "lenga-04-otono": 0.60,
    "ventoa-01-sin-atasco": 1.30,
    "ventoa-02-plan-renove": 1.05,
    "ventoa-03-urbana": 0.70,
    "copperspoon-01-dinner": 1.35,
    "copperspoon-02-everything": 0.60,
    "copperspoon-03-fridge": 1.00,
}


@dataclass(frozen=True)
class Market:
    """What a campaign's market gives: base rates, costs per thousand and order value in euros."""

    click_rate: float
    conversion: float
    cpm: float
    order_value: float
    weekly_impressions: float


CAMPAIGNS: dict[str, Market] = {
    "brasal-otono": Market(0.0125, 0.042, 6.8, 17.5, 42_000),
    "zankia-dayrunner": Market(0.0110, 0.020, 11.5, 108.0, 90_000),
    "morralito-redondeo": Market(0.0145, 0.085, 3.1, 4.2, 130_000),
    "halmere-winter": Market(0.0105, 0.031, 9.4, 24.0, 55_000),
    "lenga-temporada": Market(0.0135, 0.009, 2.9, 195.0, 60_000),
    "ventoa-urbana": Market(0.0095, 0.0045, 7.6, 1_420.0, 48_000),
    "copperspoon-fall": Market(0.0115, 0.027, 12.8, 46.0, 85_000),
}

PLACEMENT: dict[str, float] = {
    "instagram-feed": 1.0,
    "facebook-feed": 1.08,
    "instagram-story": 0.72,
    "demand-gen": 0.85,
}


def binomial(rng: random.Random, trials: int, rate: float) -> int:
    """A binomial draw: exact when small, by the normal curve when large."""
    if trials < 400:
        return sum(rng.random() < rate for _ in range(trials))
    mean = trials * rate
    return min(trials, max(0, round(rng.gauss(mean, math.sqrt(mean * (1 - rate))))))


def weeks(start: date, end: date) -> list[date]:
    """Mondays of the flight, at most `WEEKS_MAX`."""
    monday = start - timedelta(days=start.weekday())
    found: list[date] = []
    while monday <= min(end, LAST_DAY) - timedelta(days=6) and len(found) < WEEKS_MAX:
        found.append(monday)
        monday += timedelta(days=7)
    return found


def simulate(row: dict[str, str]) -> list[list[object]]:
    """All weeks of one creative; its draws depend on its id only."""
    rng = random.Random(f"{SEED}/{row['id']}")
    market = CAMPAIGNS[row["campaign"]]
    quality = QUALITY[row["id"]] * math.exp(rng.gauss(0, QUALITY_BLUR))
    share = math.exp(rng.gauss(0, 0.35))
    out: list[list[object]] = []
    for index, monday in enumerate(weeks(date.fromisoformat(row["start"]), date.fromisoformat(row["end"]))):
        impressions = round(market.weekly_impressions * share * math.exp(rng.gauss(0, 0.18)))
        rate = market.click_rate * PLACEMENT[row["placement"]] * quality * FATIGUE**index
        clicks = binomial(rng, impressions, min(0.2, rate * math.exp(rng.gauss(0, WEEK_NOISE))))
        conversion = market.conversion * quality**0.35 * math.exp(rng.gauss(0, WEEK_NOISE))
        conversions = binomial(rng, clicks, min(0.5, conversion))
        spend = impressions / 1000 * market.cpm * math.exp(rng.gauss(0, 0.06))
        revenue = sum(market.order_value * math.exp(rng.gauss(-0.03, 0.25)) for _ in range(conversions))
        out.append(
            [
                row["id"],
                monday.isoformat(),
                impressions,
                clicks,
                f"{spend:.2f}",
                conversions,
                f"{revenue:.2f}",
                "EUR",
                "yes",
            ]
        )
    return out


def main() -> None:
    """Read the manifest, write the simulated export."""
    with (FOLDER / "library.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    with (FOLDER / "performance.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(
            ["id", "week", "impressions", "clicks", "spend", "conversions", "revenue", "currency", "simulated"]
        )
        for row in rows:
            writer.writerows(simulate(row))


if __name__ == "__main__":
    main()
