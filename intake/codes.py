"""The codes of form 1 and form 3, in the order in which the forms print them. Labels are in the catalogs
(``category.<code>``, ``disaster.<code>``, ``relief.<code>``, ``tier.<code>``, ``family.<code>``)."""

CATEGORIES = (
    "rebuilt_house",
    "lifted_from_poverty",
    "poor_through_disaster",
    "subsistence",
    "near_subsistence",
    "destitute",
    "orphan",
    "left_behind_elder",
    "left_behind_child",
    "disabled",
    "special_care",
    "schooling",
    "illness",
    "ordinary",
    "other",
)
"""Household categories of form 1 (受灾家庭类别), several may apply."""

DISASTERS = (
    "drought",
    "flood",
    "hail",
    "earthquake",
    "snow",
    "landslide",
    "debris_flow",
    "pest",
    "frost",
)
"""Disasters of form 1 (遭受灾种类型)."""

RELIEFS = (
    "winter_spring",
    "drought",
    "emergency",
    "temporary",
    "condolence",
    "transitional",
    "rebuilding",
)
"""Kinds of relief applied for on form 1 (申请救助类别)."""

TIERS = ("ordinary", "heavier", "special")
"""Tiers of need (困难程度) that have texts: 一般困难, 较重困难, 特殊困难. A scheme prices some of them (L4)."""

FAMILIES = ("destitute", "subsistence", "other", "ordinary")
"""Family types of forms 3 and 4 (家庭类型): 特困供养人员, 低保户, 其他困难户, 一般户."""
