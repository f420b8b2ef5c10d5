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
me-password-changed = הסיסמה הוחלפה
me-session-ended = הכניסה הזאת הסתיימה
me-token-ended = האסימון בוטל
rights-group = קבוצה
