date-day = { $day } ב{ $month ->
    [1] ינואר
    [2] פברואר
    [3] מרץ
    [4] אפריל
    [5] מאי
    [6] יוני
    [7] יולי
    [8] אוגוסט
    [9] ספטמבר
    [10] אוקטובר
    [11] נובמבר
   *[12] דצמבר
}
date-day-year = { $day } ב{ $month ->
    [1] ינואר
    [2] פברואר
    [3] מרץ
    [4] אפריל
    [5] מאי
    [6] יוני
    [7] יולי
    [8] אוגוסט
    [9] ספטמבר
    [10] אוקטובר
    [11] נובמבר
   *[12] דצמבר
} { $year }
date-full = { $day } ב{ $month ->
    [1] ינואר
    [2] פברואר
    [3] מרץ
    [4] אפריל
    [5] מאי
    [6] יוני
    [7] יולי
    [8] אוגוסט
    [9] ספטמבר
    [10] אוקטובר
    [11] נובמבר
   *[12] דצמבר
} { $year }
date-weekday = { $weekday ->
    [1] יום ראשון
    [2] יום שני
    [3] יום שלישי
    [4] יום רביעי
    [5] יום חמישי
    [6] יום שישי
   *[7] שבת
}, { $day } ב{ $month ->
    [1] ינואר
    [2] פברואר
    [3] מרץ
    [4] אפריל
    [5] מאי
    [6] יוני
    [7] יולי
    [8] אוגוסט
    [9] ספטמבר
    [10] אוקטובר
    [11] נובמבר
   *[12] דצמבר
}
date-today = היום
date-yesterday = אתמול
date-tomorrow = מחר
date-today-at = היום { $time }
date-yesterday-at = אתמול { $time }
date-tomorrow-at = מחר { $time }
date-days-ago = { $days ->
    [one] לפני יום
    [two] לפני יומיים
   *[other] לפני { $days } ימים
}
date-in-days = { $days ->
    [one] בעוד יום
    [two] בעוד יומיים
   *[other] בעוד { $days } ימים
}
span-minutes = { $minutes ->
    [one] דקה
   *[other] { $minutes } דקות
}
span-hours = { $hours ->
    [one] שעה
    [two] שעתיים
   *[other] { $hours } שעות
}
span-hours-minutes = { $hours ->
    [one] שעה
    [two] שעתיים
   *[other] { $hours } שעות
} ו־{ $minutes } דקות
span-days = { $days ->
    [one] יום
    [two] יומיים
   *[other] { $days } ימים
}
