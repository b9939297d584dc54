"""The homeowner's own pages: home, case, answers, visits."""
