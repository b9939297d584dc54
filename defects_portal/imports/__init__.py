"""Moving in: registers from CSV and XLSX, checked first, entered in chunks, resumable. The rooms know their rows."""
