"""Which language a visitor of a page reads: the one asked for, or the browser's, or Chinese. Pure."""

from collections.abc import Iterator

from babel import negotiate_locale

from locales.catalogs import HOME, languages

_MOST = 10
"""How many languages of a header are read; browsers send fewer."""


def spoken(asked: str, accepted: str = "") -> str:
    """A language that has a catalog: ``asked`` (a code, long or short: ``bo_CN``, ``bo``), or else the best of
    ``accepted``, a header Accept-Language; Chinese where there is neither."""
    known = {code.lower(): language for language in languages() for code in (language, language.partition("_")[0])}
    wanted = (code.replace("-", "_").lower() for code in (asked, *_by_wish(accepted)))
    return known.get(negotiate_locale(wanted, known, aliases={}) or "", HOME)


def _by_wish(accepted: str) -> Iterator[str]:
    """The codes of a header, the most wanted first; those it rules out (``q=0``) or garbles are left out."""
    weighed = [_weighed(part) for part in accepted.split(",")[:_MOST]]
    yield from (code for weight, code in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0)


def _weighed(part: str) -> tuple[float, str]:
    code, _, weight = part.partition(";")
    try:
        return float(weight.strip().lower().removeprefix("q=") or 1), code.strip()
    except ValueError:
        return 0, code.strip()
