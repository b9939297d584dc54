"""The company's pages: each view is opened by two doors (`portal.contractor.doors`)."""
