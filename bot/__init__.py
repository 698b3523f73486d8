"""Talks with people: flows, the engine that walks them, turns, and channels."""
