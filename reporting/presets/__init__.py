"""Reports that everybody asks for, made for reading, paper and files; each says in a sentence what it counts."""
