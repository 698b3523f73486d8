"""Events become messages to the people concerned, and messages are delivered (§6 of the design)."""
