"""Lists that people take away (CSV, XLSX, paper). Knows rows, columns and bounds, no word of the trade."""
