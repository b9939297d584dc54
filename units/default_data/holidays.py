"""Public holidays 2025-2027 of the three default calendars, as best known; an administrator edits them.

A star marks a day that depends on the moon or on an announcement. Days in lieu of a Sunday stand on their own.
"""

NOTE = "Public holidays as known when this calendar was shipped. Check those marked “to be confirmed” each year."

MALAYSIA_KL = """
2025-01-01 New Year
2025-01-29 Chinese New Year
2025-01-30 Chinese New Year
2025-02-01 Federal Territory Day
2025-02-11 Thaipusam
2025-03-18 Nuzul Al-Quran
2025-03-31 Hari Raya Aidilfitri
2025-04-01 Hari Raya Aidilfitri
2025-05-01 Labour Day
2025-05-12 Wesak Day
2025-06-02 Birthday of the Yang di-Pertuan Agong
2025-06-07 Hari Raya Aidiladha
2025-06-27 Awal Muharram
2025-08-31 National Day
2025-09-01 National Day, in lieu
2025-09-05 Birthday of the Prophet
2025-09-15 Malaysia Day, additional day
2025-09-16 Malaysia Day
2025-10-20 Deepavali
2025-12-25 Christmas Day
2026-01-01 New Year
2026-02-01 Federal Territory Day and Thaipusam
2026-02-02 Federal Territory Day, in lieu
2026-02-17 Chinese New Year
2026-02-18 Chinese New Year
2026-03-07 Nuzul Al-Quran *
2026-03-21 Hari Raya Aidilfitri *
2026-03-22 Hari Raya Aidilfitri *
2026-03-23 Hari Raya Aidilfitri, in lieu *
2026-05-01 Labour Day
2026-05-27 Hari Raya Aidiladha *
2026-05-31 Wesak Day
2026-06-01 Birthday of the Yang di-Pertuan Agong
2026-06-02 Wesak Day, in lieu
2026-06-17 Awal Muharram *
2026-08-25 Birthday of the Prophet *
2026-08-31 National Day
2026-09-16 Malaysia Day
2026-11-08 Deepavali
2026-11-09 Deepavali, in lieu
2026-12-25 Christmas Day
2027-01-01 New Year
2027-01-22 Thaipusam *
2027-02-01 Federal Territory Day
2027-02-06 Chinese New Year
2027-02-07 Chinese New Year
2027-02-08 Chinese New Year, in lieu
2027-02-24 Nuzul Al-Quran *
2027-03-10 Hari Raya Aidilfitri *
2027-03-11 Hari Raya Aidilfitri *
2027-05-01 Labour Day
2027-05-17 Hari Raya Aidiladha *
2027-05-20 Wesak Day *
2027-06-06 Awal Muharram *
2027-06-07 Birthday of the Yang di-Pertuan Agong
2027-06-08 Awal Muharram, in lieu *
2027-08-15 Birthday of the Prophet *
2027-08-16 Birthday of the Prophet, in lieu *
2027-08-31 National Day
2027-09-16 Malaysia Day
2027-10-28 Deepavali *
2027-12-25 Christmas Day
"""

SINGAPORE = """
2025-01-01 New Year's Day
2025-01-29 Chinese New Year
2025-01-30 Chinese New Year
2025-03-31 Hari Raya Puasa
2025-04-18 Good Friday
2025-05-01 Labour Day
2025-05-03 Polling Day
2025-05-12 Vesak Day
2025-06-07 Hari Raya Haji
2025-08-09 National Day
2025-10-20 Deepavali
2025-12-25 Christmas Day
2026-01-01 New Year's Day
2026-02-17 Chinese New Year
2026-02-18 Chinese New Year
2026-03-21 Hari Raya Puasa *
2026-04-03 Good Friday
2026-05-01 Labour Day
2026-05-27 Hari Raya Haji *
2026-05-31 Vesak Day
2026-06-01 Vesak Day, in lieu
2026-08-09 National Day
2026-08-10 National Day, in lieu
2026-11-08 Deepavali
2026-11-09 Deepavali, in lieu
2026-12-25 Christmas Day
2027-01-01 New Year's Day
2027-02-06 Chinese New Year
2027-02-07 Chinese New Year
2027-02-08 Chinese New Year, in lieu
2027-03-10 Hari Raya Puasa *
2027-03-26 Good Friday
2027-05-01 Labour Day
2027-05-16 Hari Raya Haji *
2027-05-17 Hari Raya Haji, in lieu *
2027-05-20 Vesak Day *
2027-08-09 National Day
2027-10-28 Deepavali *
2027-12-25 Christmas Day
"""

ENGLAND = """
2025-01-01 New Year's Day
2025-04-18 Good Friday
2025-04-21 Easter Monday
2025-05-05 Early May bank holiday
2025-05-26 Spring bank holiday
2025-08-25 Summer bank holiday
2025-12-25 Christmas Day
2025-12-26 Boxing Day
2026-01-01 New Year's Day
2026-04-03 Good Friday
2026-04-06 Easter Monday
2026-05-04 Early May bank holiday
2026-05-25 Spring bank holiday
2026-08-31 Summer bank holiday
2026-12-25 Christmas Day
2026-12-28 Boxing Day, substitute
2027-01-01 New Year's Day
2027-03-26 Good Friday
2027-03-29 Easter Monday
2027-05-03 Early May bank holiday
2027-05-31 Spring bank holiday
2027-08-30 Summer bank holiday
2027-12-27 Christmas Day, substitute
2027-12-28 Boxing Day, substitute
"""

WEEKDAYS_9_TO_18 = {str(weekday): [["09:00", "18:00"]] for weekday in range(5)}
WEEKDAYS_9_TO_17 = {str(weekday): [["09:00", "17:00"]] for weekday in range(5)}

# name, zone, hours, holidays
CALENDARS = (
    ("Malaysia, Kuala Lumpur", "Asia/Kuala_Lumpur", WEEKDAYS_9_TO_18, MALAYSIA_KL),
    ("Singapore", "Asia/Singapore", WEEKDAYS_9_TO_18, SINGAPORE),
    ("England", "Europe/London", WEEKDAYS_9_TO_17, ENGLAND),
)
