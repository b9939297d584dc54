"""Log a call: who calls, what about, in one page."""
