"""The ledger of money and goods (L10, G4), its arithmetic and its rules. Pure."""
