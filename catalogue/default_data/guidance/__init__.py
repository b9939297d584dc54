"""The guidance articles, in our own words. Source of what counts: reference page `domain.md` 5.5."""

from catalogue.default_data.guidance import cracks, doors, power, water

ARTICLES = (water.ARTICLE, cracks.ARTICLE, doors.ARTICLE, power.ARTICLE)
