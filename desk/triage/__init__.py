"""The triage sheet: every item of one report answered in one confirmed action (workflow.md section 3)."""
