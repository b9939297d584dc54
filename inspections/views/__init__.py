"""Pages of visits: one visit, booking and offering, the lists, the private calendar."""
