"""A proposal of the allocation helper in words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from admin.words import label, labels
from intake.allocation.score import HOMELESS
from locales import Texts, figures

_LIMITS = ("money", "share", "equal")
"""Limits that are worth a word."""


def yuan(t: Texts, fen: int) -> str:
    """``1200元``, or ``12.50元``."""
    exact = Decimal(fen) / 100
    return t("admin.allocation.yuan", n=f"{exact:.2f}" if fen % 100 else f"{exact:.0f}")


def why(t: Texts, said: Mapping[str, Any]) -> str:
    """An explanation in one line: ``特别困难：分散供养特困人员、残疾人 → 300元×4人＝1200元``."""
    kind = "settled" if said["limit"] == "settled" else "capped" if said["capped"] else "usual"
    return t(
        f"admin.allocation.why.{kind}",
        tier=label(t, "tier", said["tier"]),
        reasons=_reasons(t, said["reasons"]),
        per_person=yuan(t, said["per_person_fen"]),
        persons=said["persons"],
        amount=yuan(t, said["amount_fen"]),
    )


def limit(t: Texts, said: Mapping[str, Any]) -> str:
    """Why it is not one tier more; empty where there is nothing to say."""
    return t(f"admin.allocation.limit.{said['limit']}") if said["limit"] in _LIMITS else ""


def _reasons(t: Texts, codes: Sequence[str]) -> str:
    if not codes:
        return t("admin.allocation.reason.none")
    lost = [t("admin.allocation.reason.homeless_before")] if HOMELESS in codes else []
    return figures.listed(t, [labels(t, "category", [code for code in codes if code != HOMELESS]), *lost])


def goods(t: Texts, pieces: Mapping[str, int]) -> str:
    """``棉被1、棉衣3``."""
    return figures.listed(t, (f"{label(t, 'goods', code)} {n}" for code, n in pieces.items()))
