me-preferences = שפה ומראה
me-theme = צבעים
me-shortcuts = מקשים בודדים פועלים: J, K, A ואחרים
me-password-now = הסיסמה הנוכחית
me-password-change = החלפת הסיסמה
me-sessions = כניסות פתוחות
me-session-this = זו הנוכחית
me-session-end = סיום
me-tokens = אסימוני API
me-token-once = האסימון מוצג רק הפעם. כדאי לשמור אותו במקום שבו התוכנה תמצא אותו.
me-token-used = בשימוש
me-token-unused = לא היה בשימוש
me-token-until = עד
me-token-end = ביטול
me-token-name = למה הוא מיועד?
me-token-scopes = מותר לו
me-token-days = מסתיים אחרי ימים
me-token-make = יצירת אסימון
theme-auto = לפי המכשיר
theme-light = בהיר
theme-dark = כהה
scope-read = לקרוא מה שפתוח לי
scope-write = לשמור ולפרסם מה שמותר לי
scope-intel = לדווח ולמיין
scope-feeds = לקרוא הזנות
role-submit-only = דיווח בלבד
role-reader = קריאה
role-contributor = הצעת שינויים
role-editor = עריכה ומיון
role-publisher = פרסום ואימות
role-manager = ניהול
people = אנשים
people-count = { $people ->
    [one] אדם אחד
   *[other] { $people } אנשים
}, { $spaces ->
    [one] מרחב אחד.
    [two] שני מרחבים.
   *[other] { $spaces } מרחבים.
}
people-name = שם
people-name-he = שם בעברית
people-title = תפקיד
people-rights = הרשאות
people-seen = נראה לאחרונה
people-never = אף פעם
people-policy = פרסום
people-active = פעיל
people-invited = הוזמן
people-inactive = סגור
people-admin = ניהול
people-outsider = מבחוץ
people-outsider-check = מבחוץ: לקוח, שותף, סוכנות
people-admin-check = ניהול האנשים והמרחבים
people-invite = הזמנת אדם
people-invite-do = יצירת ההזמנה
people-link-for = קישור עבור { $name }
people-link-once = יש לשלוח אותו. הוא פועל פעם אחת, ומוצג רק הפעם.
people-new-link = קישור כניסה חדש
people-actions = פעולות: { $name }
people-deactivate = סגירת החשבון
people-activate = פתיחת החשבון מחדש
people-promote = מינוי לניהול
people-demote = הסרה מניהול
space-new = מרחב חדש
rights-title = הרשאות ב{ $name }
rights-lead = כל תפקיד כולל את אלה שלפניו. תפקיד של קבוצה חל על כל מי שבה.
rights-who = למי
rights-role = תפקיד
rights-give = מתן
rights-take = הסרה
me-saved = נשמר
me-profile = פרופיל
me-profile-see = צפייה בפרופיל
rights-group = קבוצה
me-password-changed = הסיסמה הוחלפה. בכל מקום אחר החיבור נותק.
me-session-ended = החיבור נותק
me-token-ended = האסימון בוטל
people-done = בוצע, ותקף מיד.
error-last-admin = מישהו צריך לנהל את דוגרי: קודם למנות מנהל נוסף
groups = קבוצות
groups-lead = תפקיד שניתן לקבוצה תקף לכל מי שבה.
group-new = קבוצה חדשה
group-kind = סוג
group-join = הוספה
group-join-who = מי מצטרף אל { $name }
group-leave = הוצאה
group-leave-who = הוצאת { $name } מהקבוצה
group-team = צוות
group-department = מחלקה
group-branch = סניף
group-region = אזור
group-other = אחר
space-added = המרחב קיים. עכשיו כדאי לתת בו תפקיד למישהו.
space-settings = על המרחב
space-about = מה שייך לכאן
space-about-he = מה שייך לכאן, בעברית
space-language = שפת דפים חדשים
people-sections = חלקי הניהול
handover-title = סגירת החשבון של { $name }
handover-lead = כניסות, קישורים ואסימונים מסתיימים מיד. מה שנכתב נשאר בשם הכותב. מה שבאחריות החשבון עובר למי שיכול לענות עליו.
handover-pages = בעלות על דפים
handover-intel = דיווחים בטיפול
handover-changes = שינויים שהתחילו
handover-nothing = אין דבר באחריות החשבון הזה.
handover-nobody = אף אחד: בלי בעלים
handover-to = להעביר אל
company-title = החברה
company-lead = איך דוגרי נראה לכולם, גם במסך הכניסה.
company-own-colour = להשתמש בצבע של החברה
company-colour = צבע
company-colour-hint = לקישורים ולכפתור הראשי. לבן צריך להיות קריא עליו.
company-logo = לוגו
company-logo-hint = קובץ PNG, JPEG או WebP, עד 256 KB.
company-no-logo = הסרת הלוגו
reach-title = מי רואה את { $name }
reach-short = מי רואה, ולמה
reach-lead = לדף אין הרשאות משלו: מי שקורא כאן קורא כל דף שפורסם כאן. טיוטות ושינויים ממתינים גלויים ממי שמציע שינויים ומעלה.
reach-find = שם או דוא״ל
reach-count = { $count ->
    [one] אדם אחד
    [two] שני אנשים
   *[other] { $count } אנשים
}
reach-not = אין כאן גישה לאף אחד בשם { $words }.
reach-admin = אחראי על כל ההתקנה
reach-own = ניתן ישירות: { $role }
reach-group = דרך הקבוצה { $group }: { $role }
table-title = ייבוא מטבלה
table-lead = הרבה אנשים בבת אחת, מגיליון שנשמר כ־CSV בקידוד UTF-8. קודם מוצג מה הטבלה תעשה; שום דבר לא נכתב לפני אישור.
table-take = הורדת הרשימה כ־CSV
table-file = הטבלה כקובץ
table-paste = או הטקסט שלה
table-check = מה הטבלה תעשה
table-plan = מה הטבלה תעשה
table-counts = { $adds } יתווספו, { $changes } ישתנו, { $same } כבר כך
table-ignored = עמודות ללא משמעות כאן: { $columns }
table-does = פעולה
table-adds = הוספה
table-changes = שינוי
table-same = דבר: כך כבר עכשיו
table-do = לבצע
table-done = { $count ->
    [one] שורה אחת בוצעה
    [two] שתי שורות בוצעו
   *[other] { $count } שורות בוצעו
}
profile-knows = בקיאות
profile-phone = טלפון
profile-home = צוות הבית
profile-expertise = אפשר לשאול אותי על
profile-expertise-hint = במה אפשר לעזור לעמיתים, בשורה או שתיים.
profile-photo = תמונה
profile-photo-hint = קובץ PNG, JPEG או WebP. התמונה נחתכת לריבוע ומוקטנת; המקום והמכשיר נמחקים ממנה.
profile-no-photo = הסרת התמונה
profile-change = עריכה
profile-owns = אחריות על דפים
profile-pages = { $count ->
    [one] דף אחד
    [two] שני דפים
   *[other] { $count } דפים
}
profile-owns-nothing = אין דף שאפשר לקרוא.
