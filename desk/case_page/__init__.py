"""The page of one case: what is known, what happens next, and everything an officer does with it."""
