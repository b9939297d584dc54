"""Figures: the dashboard and what is reported from it."""
