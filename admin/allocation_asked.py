"""What was typed into the form of the allocation helper: what there is, and what the county wants of it."""

from collections.abc import Collection

from admin.forms import Form
from intake.allocation.household import TOWNSHIP, VILLAGE, Goods, Per, Wish

GOODS = {"quilt": Per.HOUSEHOLD, "coat": Per.PERSON}
"""Goods that the form asks for (G3), and to whom a piece goes unless something else is chosen; their names are in the
catalog."""
SHARES = ("heavier", "special")
"""Tiers of which a county may want few."""
ORDERS = {"township": TOWNSHIP, "village": VILLAGE}
_MOST_PERCENT = 100


def read_wish(form: Form, townships: Collection[str]) -> tuple[Wish, bool]:
    """What is asked for, and whether any money was typed. What is wrong is noted in the form."""
    split = {code: fen for code in townships if (fen := form.amount_fen(f"money-{code}")) is not None}
    total = form.amount_fen("money")
    if split and total is not None:
        form.wrong("money", "admin.allocation.wrong.both")
    wish = Wish(
        money=split or total or 0,
        at_most={tier: percent for tier in SHARES if (percent := _percent(form, f"share-{tier}")) is not None},
        goods=tuple(goods for code in GOODS if (goods := _goods(form, code)) is not None),
        ordered_by=ORDERS[form.choice("order", ORDERS) or "township"],
    )
    return wish, bool(split) or total is not None


def _percent(form: Form, name: str) -> int | None:
    if not form.text(name):
        return None
    percent = form.count(name)
    if name not in form.errors and percent > _MOST_PERCENT:
        form.wrong(name, "admin.allocation.wrong.percent")
    return percent


def _goods(form: Form, code: str) -> Goods | None:
    if not form.text(f"{code}-stock"):
        return None
    stock, value = form.count(f"{code}-stock"), form.amount_fen(f"{code}-value") or 0
    return Goods(code, stock, value, Per(form.choice(f"{code}-per", tuple(Per)) or GOODS[code]))
