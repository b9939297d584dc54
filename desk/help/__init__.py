"""How-to pages for the office at `/help/`: short tasks in words, and tables made from the rules themselves."""
