"""Questions about the policy and their answers: content files, an index of their terms in the database, searching."""
