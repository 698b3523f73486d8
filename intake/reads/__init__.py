"""What officials look at: one file for each list or page. All of it goes through the door (``intake.access``)."""
