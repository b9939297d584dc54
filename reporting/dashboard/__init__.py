"""The manager's first page: every number says what it counts and opens exactly its rows."""
