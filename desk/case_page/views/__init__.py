"""The views of the case page, by what the person wants."""
