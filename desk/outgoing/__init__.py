"""The ledger of all mails that left or shall leave, and how far each got."""
