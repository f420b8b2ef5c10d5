date-day = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
date-day-year = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
} { $year }
date-full = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
date-weekday = { $weekday ->
    [1] Sunday
    [2] Monday
    [3] Tuesday
    [4] Wednesday
    [5] Thursday
    [6] Friday
   *[7] Saturday
}, { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
date-today = today
date-yesterday = yesterday
date-tomorrow = tomorrow
date-today-at = today { $time }
date-yesterday-at = yesterday { $time }
date-tomorrow-at = tomorrow { $time }
date-days-ago = { $days ->
    [one] 1 day ago
   *[other] { $days } days ago
}
date-in-days = { $days ->
    [one] in 1 day
   *[other] in { $days } days
}
span-minutes = { $minutes } min
span-hours = { $hours } h
span-hours-minutes = { $hours } h { $minutes } min
span-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
