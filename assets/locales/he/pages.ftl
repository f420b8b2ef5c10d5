page-ask = שאלה ל{ $name }
page-contents = בדף הזה
page-about = על הדף
page-facts = עובדות
page-files = קבצים
page-backlinks = קישורים לדף הזה
page-pending = שינויים ממתינים
page-what-changed = השינוי האחרון
page-source = טקסט מקור ב־Markdown
page-settings = הגדרות הדף
page-verify = אימות
page-open = לדף { $title }
page-open-current = לגרסה העדכנית
page-copy-message = העתקת המסר המרכזי
edit = עריכה
history = היסטוריה
more-actions = פעולות נוספות
back-to-page = חזרה לדף
change-open = לשינוי
audience-internal = פנימי
audience-partners = גם לשותפים
audience-customers = ניתן לשיתוף
cur-revision = גרסה
cur-verified-by = אומת על ידי
cur-published-by = פורסם על ידי
cur-next-check = האימות הבא
cur-check-was = מועד האימות היה
cur-owner = באחריות
fact-kind = סוג
fact-published = פורסם
fact-audience = קהל
fact-id = מזהה קבוע
track-day = יום { $day } מתוך { $days } עד האימות הבא
track-late = { $days ->
    [one] יום אחד אחרי מועד האימות
    [two] יומיים אחרי מועד האימות
   *[other] { $days } ימים אחרי מועד האימות
}
notice-old = זו גרסה { $number }, ולא מה שנכון עכשיו.
notice-old-newest = הקוראים מקבלים את גרסה { $number }. אין לשלוח את זו.
notice-old-none = הדף כבר לא מפורסם.
notice-change = זה שינוי ממתין. הקוראים לא רואים אותו.
notice-draft = זו טיוטה. היא עוד לא פורסמה.
notice-change-by = { $name }, { $when }.
notice-pending = { $count ->
    [one] שינוי אחד ממתין לאישור.
    [two] שני שינויים ממתינים לאישור.
   *[other] { $count } שינויים ממתינים לאישור.
}
notice-superseded = מה שכתוב כאן אינו עדכני: אין לשלוח אותו ללקוח.
notice-archived = הדף יצא משימוש. אפשר לקרוא בו, ואיש אינו מעדכן אותו.
notice-overdue = { $days ->
    [0] מועד האימות הוא היום.
    [one] האימות באיחור של יום.
    [two] האימות באיחור של יומיים.
   *[other] האימות באיחור של { $days } ימים.
}
notice-overdue-text = ייתכן שהעובדות עדיין נכונות. לפני ציטוט מחיר מהדף, כדאי לשאול.
notice-overdue-ask = ייתכן שהעובדות עדיין נכונות. לפני ציטוט מחיר מהדף, כדאי לשאול את { $name }.
notice-disputed = דיווח מהשטח סותר אותו, והאחראי עוד לא השיב.
field-says = מהשטח
field-says-count = { $count ->
    [0] אין דיווחים על הדף הזה
    [one] דיווח אחד על הדף הזה
    [two] שני דיווחים על הדף הזה
   *[other] { $count } דיווחים על הדף הזה
}
field-says-add = להוסיף מה שידוע לך
became-revision = הפך לגרסה { $number }
