"""What people in no flow are offered: one list for everyone, one behind «more», one for officials."""

MAIN = ("apply", "nominate", "status", "bank_card", "objection", "report", "questions", "more")
MORE = ("discover", "visit", "appeal", "withdraw", "my_data", "settings", "person", "main")
STAFF = ("nominate", "visit", "discover", "village", "tasks", "questions", "apply", "more")

AGAIN = ("nominate", "main")
VISITED = ("visit", "nominate", "main")
UNANSWERED = ("person", "questions", "main")
LISTS = ("more", "main")
"""What leads to a list instead of a flow."""

LABELS = {
    ("home_again", "nominate"): "home.again",
    ("home_visited", "visit"): "visit.again",
    ("home_unanswered", "person"): "questions.none",
    ("home_unanswered", "questions"): "questions.again",
}
"""What an entry of a list is called there, where it is not called as everywhere."""

MENUS = {
    "home": MAIN,
    "home_more": MORE,
    "home_staff": STAFF,
    "home_again": AGAIN,
    "home_visited": VISITED,
    "home_unanswered": UNANSWERED,
}
"""The lists by name; a contact's ``flow`` names the one that was shown last."""

SCENES = {"v": "apply", "n": "nominate", "o": "objection", "r": "report", "s": "visit"}
"""What a QR code leads into, by the letter before the village's twelve digits."""
