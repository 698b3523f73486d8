"""What looks wrong in the ledger and has to be checked on the spot (G4). Each module finds one kind. Pure: nothing is
stored, so what was put right is gone from the list."""
