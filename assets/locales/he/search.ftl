search-results = תוצאות חיפוש
search-count = { $count ->
    [one] תוצאה אחת
    [two] שתי תוצאות
   *[other] { $count } תוצאות
}
search-best-first = הטובות תחילה
search-instead = מוצגות תוצאות עבור { $words }.
search-relaxed = אחת המילים לא נמצאת בשום מקום, ולכן אלה תוצאות בלעדיה.
search-renewing = אינדקס החיפוש מתחדש. ייתכן שהדפים החדשים ביותר יחסרו בתוצאות לכמה דקות.
search-building = אינדקס החיפוש נבנה עכשיו. ייתכן שיחסר משהו בתוצאות לכמה דקות; בינתיים אפשר לקרוא את כל הדפים.
search-old = לא עדכני
search-old-hint = מוצגות אחרונות כדי שלא יישלחו בטעות
search-not-here = לא נמצא? אפשר לשאול את השיווק.
search-ask = שאלה
search-ask-marketing = שאלה לשיווק
search-nothing = אין דבר על ״{ $words }״
search-nothing-text = אפשר לנסות פחות מילים או כתיב אחר. השיווק עונה לשאלה תוך יום.
search-nearest = הקרוב ביותר
search-narrow = סינון
search-without = ללא
search-in-attachment = בקובץ המצורף
search-attachment-page = עמוד { $page }
search-use = במקומו:
search-suggestions = הצעות
search-pages = דפים
search-reports = דיווחים מהשטח
search-do = פעולות
search-all = כל התוצאות עבור ״{ $words }״
facet-kind = סוג
facet-state = מצב
facet-topic = נושא
facet-language = שפה
facet-type = מה
space-word = מרחב
search-report = דיווח #{ $number }
why-alias = בשם אחר: { $words }
why-meaning = לפי המשמעות: { $words }
why-spelling = בכתיב אחר: { $words }
why-sound = לפי הצליל: { $words }
why-typo = טעות הקלדה תוקנה: { $words }
search-score = ציון
search-copy-answer = העתקת המשפט
facet-product = מוצר
facet-competitor = מתחרה
search-named = נושאים ואנשים
search-people = אנשים
