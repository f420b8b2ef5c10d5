# מעקב, התראות, הזנות.
watch = מעקב
watch-label = מעקב אחרי { $name }
watching = במעקב
muted = מושתק
watch-begun = מעכשיו יגיעו אליך התראות על שינויים.
watch-muted = לא יגיעו אליך התראות על הדף, גם אם משהו אחר במעקב.
watch-ended = המעקב הסתיים.
watch-end-label = סיום המעקב אחרי { $name }
watched = מה שבמעקב שלך
watched-none = עדיין כלום. הפעמון בדף, בנושא, במרחב או בחיפוש מפעיל מעקב.
watched-page = דף
watched-topic = נושא
watched-space = מרחב
watched-search = חיפוש
watched-person = אדם
notices = התראות
notices-lead = מה קרה למה שבמעקב, באחריותך או בדיווחים שלך. השינויים שלך אינם ביניהן.
notices-bell = { $count ->
    [0] התראות, אין חדשות
    [one] התראות, 1 חדשה
   *[other] התראות, { $count } חדשות
}
notices-new = חדשות
notices-read = נקראו
notices-none = אין חדש
notices-none-text = כשמשהו שבמעקב ישתנה, זה יופיע כאן עם הסיבה.
notice-published = דף השתנה
notice-superseded-page = דף הוחלף
notice-archived-page = דף הועבר לארכיון
notice-waiting = שינוי ממתין לפרסום
notice-due = מועד אימות קרב
notice-overdue-page = אימות באיחור
notice-intel = דיווח מהשטח
notice-assigned = דיווח שהוקצה לך
notice-outcome = חדש בדיווח שלך
notice-times = { $count ->
    [one] פעם אחת
    [two] פעמיים
   *[other] { $count } פעמים
}
notice-mute-page = השתקת הדף
notice-mute-watch = סיום המעקב
notice-muted = לא יגיעו אליך עוד התראות על כך.
notice-read = סימון כנקרא
notice-read-label = סימון כנקרא: { $title }
reason-owner = כי הדף באחריותך
reason-assignee = כי הדיווח באחריותך
reason-reporter = כי הדיווח שלך
reason-page = כי הדף במעקב שלך
reason-topic = כי { $name } במעקב שלך
reason-space = כי { $name } במעקב שלך
reason-person = כי { $name } במעקב שלך
reason-search = כי החיפוש ״{ $name }״ במעקב שלך
feed = הזנה
feeds = הזנות
feeds-lead = כל רשימה בקורא ההזנות שלך, ככל שהיא פתוחה לך.
feed-changes = כל השינויים
feed-watched = מה שבמעקב שלך
feed-mine = הדיווחים שלי
feed-triage = דיווחים למיון
feed-space = מרחב: { $name }
feed-topic = נושא: { $name }
feed-search = חיפוש: { $name }
feed-somebody = מישהו מהצוות
feed-make = יצירת כתובת
feed-make-text = בכתובת יש מפתח משלה: הוא קורא הזנות בלבד, ואפשר לבטל אותו כאן.
feed-once = הכתובת מוצגת פעם אחת. זה הזמן להעביר אותה לקורא ההזנות.
feed-secret = מי שמחזיק בה קורא את ההזנה בשמך. אין להעביר אותה הלאה.
feed-tokens = כתובות שנוצרו קודם
feed-ended = הכתובת בוטלה.
feed-lists = רשימות נוספות
