"""Demonstration data: three developments, their people, and cases that tell stories, made by the real verbs."""
