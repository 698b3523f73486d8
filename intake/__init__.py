"""What a case is and how it moves: submissions, normalising, duplicates, the procedure, the scheme."""
