"""Where the console's pages are found: links in groups, each with the roles that see it."""

from dataclasses import dataclass

from intake.discovery_codes import WORKERS
from intake.imports.kinds import IMPORTERS
from intake.procedure import OFFICIALS, Role


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the navigation: its path, the catalog key of its label, and who sees it."""

    path: str
    label: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Group:
    """Links that belong together, under the catalog key of their name."""

    label: str
    entries: tuple[Entry, ...]


_READERS = OFFICIALS - {Role.ADMIN}
_OFFICES = frozenset({Role.TOWNSHIP, Role.COUNTY, Role.CIVIL, Role.INSPECTOR})
_WATCHERS = frozenset({Role.TOWNSHIP, Role.COUNTY, Role.INSPECTOR})

NAVIGATION: tuple[Group, ...] = (
    Group(
        "admin.nav.group.households",
        (
            Entry("/admin/cases", "admin.nav.cases", _READERS),
            Entry("/admin/batches/grant", "admin.nav.batches", _READERS),
            Entry("/admin/signals", "admin.nav.signals", _WATCHERS),
            Entry("/admin/import", "admin.nav.import", frozenset(IMPORTERS)),
        ),
    ),
    Group(
        "admin.nav.group.money",
        (
            Entry("/admin/allocation", "admin.nav.allocation", frozenset({Role.TOWNSHIP, Role.COUNTY})),
            Entry("/admin/request", "admin.nav.request", _OFFICES),
            Entry("/admin/payments", "admin.nav.payments", _WATCHERS),
            Entry("/admin/goods", "admin.nav.goods", frozenset({Role.VILLAGE, Role.TOWNSHIP})),
            Entry("/admin/ledger", "admin.nav.ledger", _OFFICES),
        ),
    ),
    Group(
        "admin.nav.group.season",
        (
            Entry("/admin/calendar", "admin.nav.calendar", _READERS),
            Entry("/admin/scheme", "admin.nav.scheme", _READERS),
            Entry("/admin/papers", "admin.nav.papers", _READERS),
            Entry("/admin/archive", "admin.nav.archive", frozenset({Role.COUNTY, Role.INSPECTOR})),
        ),
    ),
    Group(
        "admin.nav.group.people",
        (
            Entry("/admin/discoveries", "admin.nav.discoveries", WORKERS),
            Entry("/admin/visits", "admin.nav.visits", WORKERS),
            Entry("/admin/referrals", "admin.nav.referrals", WORKERS),
            Entry("/admin/handovers", "admin.nav.handovers", frozenset({Role.TOWNSHIP, Role.COUNTY, Role.CIVIL})),
            Entry("/admin/reports", "admin.nav.reports", _WATCHERS),
        ),
    ),
    Group(
        "admin.nav.group.own",
        (
            Entry("/admin/account", "admin.nav.account", OFFICIALS),
            Entry("/admin/flows", "admin.nav.flows", frozenset({Role.COUNTY, Role.CIVIL, Role.INSPECTOR, Role.ADMIN})),
        ),
    ),
)


def navigation(role: Role) -> tuple[Group, ...]:
    """What someone of ``role`` finds there, without groups that hold nothing for them."""
    seen = (Group(one.label, tuple(entry for entry in one.entries if role in entry.roles)) for one in NAVIGATION)
    return tuple(group for group in seen if group.entries)


def finds(role: Role) -> bool:
    """Whether someone of ``role`` has the find box on every page: whoever reads cases."""
    return role in _READERS
