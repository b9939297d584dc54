"""The registers of homes and people, to be taken away."""
