"""The record of a case as its home may read it: words for the homeowner, nothing of ours."""
