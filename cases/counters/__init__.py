"""Numbers of cases that cost the same at a million rows: kept by triggers, read as sums, counted anew every night.

`keys` says what is counted, `triggers` keeps it, `upkeep` folds and repairs it, `reading` adds it up.
"""
