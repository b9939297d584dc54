"""The page of a visit on site: for staff at /inspections/V-12/on-site/, for companies at /jobs/visits/V-12/."""
