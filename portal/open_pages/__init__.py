"""Pages for everybody: emergency numbers and guidance."""
