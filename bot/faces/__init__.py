"""The faces of a flow beside the talk: web forms, the offline form, the API and its schema. All are made from the
flow's questions; what is filled in comes back through the same turns."""
