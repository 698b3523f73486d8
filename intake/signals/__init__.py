"""Signals of unfairness (G4, L12): what an official should look at twice, found by pure functions over rows.

A signal accuses nobody. Some also block: the rule is then kept where the money moves (:mod:`intake.rules`)."""
