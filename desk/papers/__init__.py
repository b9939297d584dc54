"""PDFs for the office: the whole record of a case, the record of a home."""
