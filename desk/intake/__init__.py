"""Reports as they came in, and the question who sent them."""
