"""Forms about cases; they clean input and never set a workflow field."""
