open-list = פתיחה
filter = סינון
all = הכול
sla-late = איחור { $span }
sla-left = נותרו { $span }
space-pages = { $count ->
    [one] דף אחד
    [two] שני דפים
   *[other] { $count } דפים
}
space-reviewed = כל שינוי עובר אישור לפני פרסום
space-open = שמירה מפרסמת
space-empty-title = אין דפים ב״{ $name }״
space-empty-text = הדף הראשון מתחיל בסוג ובכותרת.
space-drafts = טיוטות
space-drafts-hint = לא פורסמו; הקוראים לא רואים אותן
wanted-title = דפים חסרים
wanted-lead = דפים מקשרים אליהם, ועוד לא נכתבו.
wanted-from = { $count ->
    [one] קישור מתוך
    [two] קישורים משני דפים:
   *[other] קישורים מ־{ $count } דפים:
}
wanted-write = כתיבת הדף
wanted-empty-title = כל קישור מוביל לדף
wanted-empty-text = קישור לדף שעוד לא נכתב יופיע כאן.
orphans-title = דפים ללא קישורים
orphans-lead = אין דף שמקשר אליהם. מגיעים אליהם רק בחיפוש.
orphans-empty-title = לכל דף יש קישור
orphans-empty-text = דפים שאין אליהם קישור יופיעו כאן.
