"""A few sentences that an official has to write."""

from admin.call import Call

LONGEST = 1000
"""Characters of them."""


def said(call: Call, field: str, missing: str, long: str = "admin.said.long") -> str:
    """The text of a field; what is wrong with it stays beside it, ``missing`` and ``long`` are the keys of
    what to say where nothing was written, or too much."""
    text = call.form.text(field).replace("\r\n", "\n")
    if not text:
        call.form.wrong(field, missing)
    elif len(text) > LONGEST:
        call.form.wrong(field, long, high=LONGEST, length=len(text))
    return text
