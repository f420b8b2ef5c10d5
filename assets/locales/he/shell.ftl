brand = דוגרי
home = בית
skip = דילוג לתוכן
main-menu = ראשי
home-link = דוגרי, בית
search = חיפוש
search-dugri = חיפוש בדוגרי
my-intel = הדיווחים שלי
triage = מיון דיווחים
marketing = שיווק
spaces = מרחבים
people-and-spaces = אנשים ומרחבים
wanted-and-orphans = דפים חסרים
theme-switch = מעבר בין בהיר לכהה
sign-out = יציאה
more = עוד
report = דיווח מהשטח
report-short = דיווח
new-page = דף חדש
my-settings = ההגדרות שלי
back = חזרה
you-are-here = המיקום שלך
close = סגירה
cancel = ביטול
save = שמירה
copy = העתקה
copied = הועתק
copy-link = העתקת קישור
optional = לא חובה
older = קודמים
newest = חזרה לחדשים
no-script-hint = זה עובד גם בלי סקריפטים.
keys-title = מקשים
keys-search = חיפוש
keys-move = מעבר
keys-open = פתיחה
keys-new-tab = פתיחה בלשונית חדשה
keys-off = אפשר לכבות את המקשים בהגדרות שלי.
unsaved = יש כאן טקסט שעוד לא נשמר.
form-wrong = { $count ->
    [one] שדה אחד דורש תיקון
   *[other] { $count } שדות דורשים תיקון
}
new-count = { $count ->
    [one] אחד חדש
   *[other] { $count } חדשים
}
command = מעבר או פעולה
command-hint = דף, אדם, או מה לעשות
command-new = דף חדש
keys-list = מקשים
keys-lead = המקשים פועלים לפי מקומם במקלדת, גם בפריסה עברית, ואף פעם לא בזמן כתיבה.
keys-everywhere = בכל מקום
keys-lists = ברשימות הצעות
keys-close = סגירת מה שפתוח
keys-switch = אפשר לכבות מקשים בודדים:
api-title = ה־API
api-lead = מה תוכנות יכולות לעשות כאן, בהרשאות של מי שהן פועלות בשמו. הטבלה נוצרת מהקוד.
api-parts = חלקי ה־API
api-parameters = פרמטר
api-where = מקום
api-type = טיפוס
api-meaning = משמעות
api-body = גוף
