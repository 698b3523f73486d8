"""The rules against references that know nothing of the product."""
