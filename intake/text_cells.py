"""Texts in the cells of workbooks and CSV files: a text is always a text. What begins like a formula is none, a number
of 18 digits stays whole, an address is no link. Pure."""

WORKBOOK = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
"""How a workbook is opened for writing, row by row."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With one of these at its beginning, office programs take a cell for a formula."""


def guarded(text: str) -> str:
    """A text of a CSV file that no office program takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
