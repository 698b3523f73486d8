"""The kinds of answer: each reads what a person typed, says what was wrong, and shows the value again."""
