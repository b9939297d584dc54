"""The pages of homes and people; for the office only."""
