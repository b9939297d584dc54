"""PDFs about reports and closings, the same for the office and the home; `documents.papers` calls these builders."""

RESIDENT_RECORD = "case-record-resident"
"""Built on the portal's floor, asked for by the desk too."""
