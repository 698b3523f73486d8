"""How long the allocation helper takes for a county, and how many other households move when one is gone or a little
money is added. ``python -m benchmarks.allocation [HOUSEHOLDS]``"""

import random
import sys
import time

from intake.allocation.household import Household, Wish
from intake.allocation.plan import propose
from intake.allocation.result import Plan
from intake.allocation.score import USUAL
from intake.codes import CATEGORIES, DISASTERS
from service.demo_county import SCHEME

VILLAGES = 220
PERCENT = (110, 130, 170, 220, 280, 300)
"""Money, in percent of what the lowest tier for all costs."""
CHANGES = 20


def county(households: int) -> list[Household]:
    """Made-up households, the same every time."""
    chance = random.Random(2022)
    made = []
    for key in range(households):
        size, village = chance.randint(1, 6), chance.randrange(VILLAGES)
        made.append(
            Household(
                key,
                f"410324-2022-{key:05d}",
                f"4103241{village // 15:02d}{201 + village % 15}",
                size,
                chance.randint(1, size),
                tuple(chance.sample(CATEGORIES, chance.choice((1, 1, 2)))),
                tuple(chance.sample(DISASTERS[:3], chance.randint(1, 2))),
            )
        )
    return made


def moved(before: Plan, after: Plan) -> int:
    """How many households that are in both stand in another tier."""
    tiers = {one.household.key: one.tier for one in before.proposals}
    return sum(tiers.get(one.household.key, one.tier) != one.tier for one in after.proposals)


def main(households: int) -> None:
    """Print a line for each amount of money."""
    listed = county(households)
    least = sum(one.persons for one in listed) * SCHEME.per_person_floor_fen
    print(f"{households:,} households, {VILLAGES} villages, {sum(one.persons for one in listed):,} persons in need")
    print("money, yuan   left, yuan   seconds   moved by one household gone   by 500 yuan more")
    for percent in PERCENT:
        money = least * percent // 100
        wish = Wish(money)
        began = time.perf_counter()
        plan = propose(listed, SCHEME, USUAL, wish)
        took = time.perf_counter() - began
        if plan.shortages:
            said = plan.shortages[0]
            print(f"{money // 100:>11,}   {said.refusal.key}, {said.missing_fen // 100:,} yuan missing")
            continue
        chance = random.Random(percent)
        gone = []
        for _ in range(CHANGES):
            without = chance.randrange(households)
            others = [one for one in listed if one.key != without]
            gone.append(moved(plan, propose(others, SCHEME, USUAL, wish)))
        more = moved(plan, propose(listed, SCHEME, USUAL, Wish(money + 500_00)))
        (purse,) = plan.purses
        most = f"{max(gone)} (mean {sum(gone) / len(gone):.1f})"
        print(f"{money // 100:>11,}   {purse.left_fen // 100:>10,}   {took:>7.2f}   {most:>27}   {more:>16}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
