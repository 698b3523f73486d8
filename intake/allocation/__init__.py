"""Proposing how a season's money and goods are shared out (L3, L4, L6, L9, X6). Pure; it decides nothing.

Read ``plan.py`` and ``sharing.py`` first. The problem: each household stands in one tier, a needier one of the same
area never in a lower one, no village's list is an equal share-out, and as much of the money as can be is spent.

*Why no solver.* Raising a household by one tier costs its persons, and is worth its score for each yuan; the best
fractional plan is then the list of all raises in the order of their worth, cut off where the money ends. The plan here
is that list, and after the cut the raises that still fit, so it is, as long as L6 does not bind, worth less than the
true optimum by one raise at the most. The true optimum would pay for its last yuan by raising a less needy household
before a needier one, and would move hundreds when one is added: it is neither explainable nor stable.
"""
