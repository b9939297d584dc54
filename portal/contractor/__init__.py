"""The contractor's own pages."""
