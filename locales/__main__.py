"""``python -m locales``: every message that a translation lacks or has wrong, and the share of each language."""

import sys

from locales.faults import coverage, faults


def main() -> int:
    """Write both; 1 if anything is wrong."""
    shares = coverage()
    found = [fault for language in shares for fault in faults(language)]
    for fault in found:
        sys.stdout.write(f"{fault}\n")
    for language, share in shares.items():
        sys.stdout.write(f"{language}: {share.percent} % ({share.done} of {share.all})\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
