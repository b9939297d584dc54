"""The page on which a homeowner looks at all finished repairs of a home and signs, and the signatures given."""
