"""A scheme's content as it stands in the fields of the console's forms."""

from datetime import date

from admin.scheme_banks import filled_banks
from admin.words import yuan
from intake.scheme import SchemeContent

ON = "on"
"""What a box says that is ticked."""
DATES = ("survey_by", "request_by", "supervision_from", "supervision_to", "archive_by", "statistics_by")
BOUNDS = ("per_person_floor_fen", "per_person_cap_fen", "household_cap_fen")


def filled(content: SchemeContent) -> dict[str, str]:
    """The content as it stands in the fields of all sections."""
    table = content.days
    made = {
        "title": content.title,
        "document": content.document,
        "opens_on": content.opens_on.isoformat(),
        "closes_on": content.closes_on.isoformat(),
        "pay_before": content.pay_before.isoformat(),
        "hotline": content.hotline,
        "contact_phone": content.contact_phone,
        **{f"tiers.{tier}": yuan(fen) for tier, fen in content.tiers.items()},
        **{name: yuan(getattr(content, name)) for name in BOUNDS},
        "raises.allowed": _said(content.raises.allowed),
        "raises.household_cap_fen": yuan(content.raises.household_cap_fen or 0)
        if content.raises.household_cap_fen
        else "",
        "equal_shares_from": str(content.equal_shares_from),
        **{f"payment_forms.{form}": ON for form in content.payment_forms},
        "notice_days": str(content.notice_days),
        "statistics_columns": "\n".join(content.statistics_columns),
        "appeal_days": str(content.appeal_days),
        "notice_kind": content.notice_kind,
        "notice_amounts": _said(content.notice_amounts),
        "quorum.present": str(content.quorum.present),
        "quorum.share_percent": str(content.quorum.share_percent),
        **{f"simplified.{category}": ON for category in content.simplified},
        **{f"families.{category}": family for category, family in content.families.items()},
        **{f"dates.{name}": day.isoformat() for name in DATES if (day := getattr(content.dates, name))},
        "days.holidays": "\n".join(map(date.isoformat, table.holidays)),
        "days.workdays": "\n".join(map(date.isoformat, table.workdays)),
        "days.years": "、".join(map(str, table.years)),
        **{f"affected.{code}.{hit}": ON for code, codes in content.affected.items() for hit in codes},
        **{f"groups.{code}": "、".join(names) for code, names in content.groups.items()},
    }
    for place, line in enumerate(content.budget, 1):
        made |= {f"budget.{place}.{name}": str(getattr(line, name)) for name in ("kind", "source", "name", "unit")}
        made |= {
            f"budget.{place}.worth_fen": yuan(line.worth_fen),
            f"budget.{place}.quantity": str(line.quantity or ""),
        }
    return made | filled_banks(content)


def _said(value: bool) -> str:
    return "yes" if value else "no"
