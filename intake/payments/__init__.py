"""Paying grants to cards (L2, G4): lists by bank, two people who release one, the bank's file, and what came back."""
