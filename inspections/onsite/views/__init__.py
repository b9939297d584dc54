"""The pages of a visit on site, and what they do."""
