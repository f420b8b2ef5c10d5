# הבית, המועדפים, ומה שהשתנה מאז הביקור האחרון.
home-ask = מה צריך לפגישה?
home-ask-hint = מוצר, מתחרה, התנגדות, לקוח…
home-view = מסך הבית של
home-view-sales = מכירות
home-view-marketing = שיווק
home-must-know = חובה לדעת
home-must-know-hint = שינויים שחשובים למי שהשתמש בנוסח הקודם
home-changed = מה השתנה מאז הביקור האחרון
home-changed-since = { $count ->
    [one] דף אחד מאז { $day }
    [two] שני דפים מאז { $day }
   *[other] { $count } דפים מאז { $day }
}
home-mark-read = סימון הכול כנקרא
home-all-read = כל השינויים סומנו כנקראו.
home-all-changes = כל השינויים
home-up-to-date = כל מה שחדש כבר נקרא. פורסם לאחרונה:
home-replaced-by = הוחלף ב״{ $title }״. אין לשלוח את הישן.
home-replaced = הוחלף בדף אחר. אין לשלוח את הישן.
home-from-own = בעקבות הדיווח שלך #{ $number }
home-from-reports = { $count ->
    [one] בעקבות דיווח מהשטח
    [two] בעקבות שני דיווחים מהשטח
   *[other] בעקבות { $count } דיווחים מהשטח
}
home-queue = התור שלי
home-triage = דיווחים למיון
home-verify = דפים לאימות
home-verify-none = אין מה לאמת
home-verify-none-text = דפים שמועד האימות שלהם קרוב או עבר יופיעו כאן.
home-overdue = { $days ->
    [0] האימות באיחור מהיום
    [one] האימות באיחור של יום
    [two] האימות באיחור של יומיים
   *[other] האימות באיחור של { $days } ימים
}
home-due = מועד האימות { $day }
home-reviews = שינויים לבדיקה
home-drafts = הטיוטות שלך
home-troubles = קבצים שהחיפוש לא קורא
home-no-reports = עוד לא נשלח דיווח. שורה אחת מספיקה.
home-no-triage = כל הדיווחים נקראו.
home-empty-title = עדיין לא פורסם דף
home-empty-text = מה שיפורסם במרחבים שלך יופיע כאן, החדש תחילה.
changes-title = כל השינויים
changes-lead = מה שפורסם לאחרונה במרחבים שפתוחים לך. שינויים קטנים אינם ברשימה.
favourites = מועדפים
favourites-empty = כוכב בדף שומר אותו כאן ובתפריט.
favourite-add = הוספה למועדפים
favourite-remove = הסרה מהמועדפים
favourite-kept = הדף נוסף למועדפים.
favourite-gone = הדף הוסר מהמועדפים.
since-title = השתנה מאז הביקור האחרון שלך
since-when = קראת את גרסה { $number } { $when }
since-compare = השוואה
since-seen = ראיתי
