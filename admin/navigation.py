"""Where the console's pages are found: one line each, with the roles that see it."""

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


_READERS = OFFICIALS - {Role.ADMIN}

NAVIGATION: tuple[Entry, ...] = (
    Entry("/admin/cases", "admin.nav.cases", _READERS),
    Entry("/admin/batches/grant", "admin.nav.batches", _READERS),
    Entry("/admin/papers", "admin.nav.papers", _READERS),
    Entry("/admin/goods", "admin.nav.goods", frozenset({Role.VILLAGE, Role.TOWNSHIP})),
    Entry(
        "/admin/ledger",
        "admin.nav.ledger",
        frozenset({Role.TOWNSHIP, Role.COUNTY, Role.CIVIL, Role.INSPECTOR}),
    ),
    Entry("/admin/import", "admin.nav.import", frozenset(IMPORTERS)),
    Entry("/admin/allocation", "admin.nav.allocation", frozenset({Role.TOWNSHIP, Role.COUNTY})),
    Entry(
        "/admin/request",
        "admin.nav.request",
        frozenset({Role.TOWNSHIP, Role.COUNTY, Role.CIVIL, Role.INSPECTOR}),
    ),
    Entry("/admin/calendar", "admin.nav.calendar", _READERS),
    Entry("/admin/archive", "admin.nav.archive", frozenset({Role.COUNTY, Role.INSPECTOR})),
    Entry("/admin/scheme", "admin.nav.scheme", _READERS),
    Entry("/admin/reports", "admin.nav.reports", frozenset({Role.TOWNSHIP, Role.COUNTY, Role.INSPECTOR})),
    Entry("/admin/signals", "admin.nav.signals", frozenset({Role.TOWNSHIP, Role.COUNTY, Role.INSPECTOR})),
    Entry("/admin/handovers", "admin.nav.handovers", frozenset({Role.TOWNSHIP, Role.COUNTY, Role.CIVIL})),
    Entry("/admin/account", "admin.nav.account", OFFICIALS),
    Entry("/admin/flows", "admin.nav.flows", frozenset({Role.COUNTY, Role.CIVIL, Role.INSPECTOR, Role.ADMIN})),
    Entry("/admin/discoveries", "admin.nav.discoveries", WORKERS),
    Entry("/admin/visits", "admin.nav.visits", WORKERS),
    Entry("/admin/referrals", "admin.nav.referrals", WORKERS),
)


def navigation(role: Role) -> tuple[Entry, ...]:
    """What someone of ``role`` finds there."""
    return tuple(entry for entry in NAVIGATION if role in entry.roles)


def finds(role: Role) -> bool:
    """Whether someone of ``role`` has the find box on every page: whoever reads cases."""
    return role in _READERS
