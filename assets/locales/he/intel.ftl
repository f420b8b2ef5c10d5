intel-subject = על מי הדיווח?
intel-subject-customer = לקוח
intel-subject-competitor = מתחרה
intel-subject-partner = שותף
intel-subject-material = החומר שלנו
intel-certainty = כמה זה בטוח?
intel-certainty-heard = שמעתי בעצמי
intel-certainty-document = ראיתי מסמך
intel-certainty-rumour = שמועה
intel-kind = איזה סוג של דיווח?
intel-kind-price = מחיר
intel-kind-objection = התנגדות
intel-kind-won = זכייה
intel-kind-lost = הפסד
intel-kind-missing-feature = חסר במוצר
intel-kind-fault = תקלה
intel-kind-question = שאלה
intel-what = מה ראית או שמעת?
intel-what-placeholder = שורה אחת מספיקה. מי אמר, ואיך זה ידוע?
intel-account = לקוח או חשבון
intel-quote = במילים שלהם
intel-channel = היכן
intel-channel-placeholder = שיחה, ביקור, תערוכה
intel-photo = תמונה או מסמך
intel-photo-add = הוספה
intel-photo-alt = תמונה: { $name }
intel-more = סוג, ציטוט, מקום, דחיפות
intel-urgent = דחוף: מישהו מחכה לתשובה
intel-confidential = רק מנהלים יראו מי שלח
intel-send = שליחה לשיווק
intel-promised = תשובה תוך { $span }
intel-restored = הטקסט שלא נשלח חזר לכאן.
intel-sent = נשלח. מספר הדיווח { $number }.
intel-sent-topics = נשלח. מספר הדיווח { $number }, בנושא { $topics }.

intel-number = דיווח { $number }
intel-reporter-hidden = השם חסוי
intel-outsider = מבחוץ
intel-is-urgent = דחוף
intel-is-confidential = חסוי
intel-late = איחור { $span }
intel-left = עוד { $span }
intel-with = אצל { $name }
intel-is-on-it = בטיפול של { $name }
intel-after = אחרי { $span }
intel-due-by = עד { $moment }
intel-expected-by = צפוי עד { $day }
intel-part-of-another = חלק מדיווח אחר
intel-changed-page = שינוי בדף
intel-changed-unseen = הדיווח שינה דף שאינו פתוח בפניך.
intel-new-page = נולד מזה דף חדש.
intel-more-changes = { $count ->
    [one] ועוד שינוי אחד.
    [two] ועוד שני שינויים.
   *[other] ועוד { $count } שינויים.
}
intel-see-changes = מה השתנה

intel-mine-count = { $count ->
    [one] דיווח אחד.
    [two] שני דיווחים.
   *[other] { $count } דיווחים.
}
intel-mine-changed = { $count ->
    [0] אף אחד מהם עוד לא שינה דף.
    [one] אחד מהם שינה דף.
    [two] שניים מהם שינו דף.
   *[other] { $count } מהם שינו דף.
}
intel-mine-empty = עוד לא דווח דבר
intel-mine-empty-text = מכאן מגיע לשיווק מה ששומעים בשטח, ולכאן חוזר מה שיצא מזה.
intel-none-here = אין כאן דיווחים.
intel-filter = סינון
intel-tab-all = הכול
intel-tab-waiting = ממתינים
intel-tab-published = טופלו
intel-new-reply = תשובה חדשה
intel-seen = סימון כנקרא
intel-seen-done = סומן כנקרא.

intel-about-page = הדף שהדיווח עוסק בו
intel-conversation = שיחה
intel-note-mark = לא מוצג למדווח
intel-write-back = הוספה לדיווח
intel-write-back-send = שליחה
intel-files = קבצים

intel-acknowledge = אישור קבלה
intel-link = קישור לדף
intel-link-page = הכתובת או המזהה של הדף
intel-link-hint = אפשר להדביק את הכתובת מהדפדפן.
intel-link-or = או אחד מאלה:
intel-link-do = קישור
intel-assign = הקצאה
intel-assign-to = מי אחראי לתשובה
intel-assign-me = אצלי
intel-nobody = אף אחד
intel-reply = תשובה
intel-reply-text = למדווח
intel-reply-hint = תשובה אינה סוגרת את הדיווח.
intel-reply-send = שליחת תשובה
intel-note-send = שמירה כהערה
intel-close = סגירה ללא שינוי
intel-close-text = מה שהמדווח יקרא
intel-close-hint = התשובה, או הסיבה שלא יקרה דבר.
intel-answer = סגירה: נענה
intel-decline = סגירה: נדחה
intel-move = העברה
intel-move-to = לאיזה מרחב
intel-move-do = העברה
intel-merge = מיזוג לדיווח הזה
intel-merge-into = מיזוג אל { $number }
intel-merged = מוזגו לדיווח הזה
intel-merged-into = הדיווח הזה נעשה חלק מדיווח
intel-unmerge = ביטול
intel-similar = נראה שזה אותו דבר
intel-pages = דפים שזה עשוי לשנות
intel-edit = פתיחת עריכה
intel-edit-of = פתיחת עריכה של { $title }

intel-queue = תור
intel-board = לוח
intel-board-text = { $days } הימים האחרונים. כל דיווח מסתיים באחת משתי העמודות האחרונות.
intel-soonest-first = הדחוף תחילה
intel-queue-empty = אין מה שמחכה
intel-queue-empty-text = דיווחים חדשים מהשטח מגיעים לכאן.
intel-to-queue = חזרה לתור
intel-new-count = { $count ->
    [one] חדש אחד
    [two] שניים חדשים
   *[other] { $count } חדשים
}
intel-late-count = { $count ->
    [one] אחד באיחור
    [two] שניים באיחור
   *[other] { $count } באיחור
}
intel-all = הכול
intel-space = מרחב
intel-only-mine = רק מה שאצלי
intel-filter-do = הצגה
intel-filter-clear = הצגת הכול
intel-key-acknowledge = אישור קבלה
intel-key-link = קישור
intel-key-merge = מיזוג
intel-key-assign = הקצאה
intel-key-reply = תשובה
intel-key-undo = ביטול
intel-key-all = כל המקשים

intel-done-acknowledge = התקבל. המדווח רואה זאת.
intel-done-start = בטיפול.
intel-done-link = נוצר קישור אל { $title }.
intel-done-assign = עכשיו אצל { $name }.
intel-done-unassign = לא הוקצה לאיש.
intel-done-reply = נשלח.
intel-done-note = ההערה נשמרה.
intel-done-answer = נסגר: נענה.
intel-done-decline = נסגר: נדחה.
intel-done-move = הועבר.
intel-done-merge = מוזג. Z או ״ביטול״ מחזירים.
intel-done-unmerge = שוב דיווחים נפרדים.
intel-done-file = { $name } צורף לדיווח.

intel-error-what = חסרה שורה על מה שראית או שמעת.
intel-error-subject = צריך לבחור על מי הדיווח.
intel-error-certainty = צריך לבחור כמה זה בטוח.
intel-error-kind = הסוג הזה אינו מוכר.
intel-error-client-id = המזהה של הבקשה צריך להיות UUID, או מילה של עד 100 אותיות לטיניות וספרות.
intel-error-long = { $over } תווים יותר מדי; יש מקום ל־{ $max }.
intel-error-text = חסר טקסט.
intel-error-assignee = מיון דיווחים במרחב הזה אינו בידי האדם הזה.
intel-error-page = אין דף כזה שפתוח בפניך, או שהדף פרש.
intel-error-space = מיון הדיווחים במרחב הזה אינו בידך.
intel-error-merge = צריך לבחור לפחות דיווח אחד למיזוג.

intel-conflict-new = הדיווח עדיין חדש.
intel-conflict-acknowledged = הדיווח כבר התקבל.
intel-conflict-in-work = הדיווח כבר בטיפול.
intel-conflict-published = הדיווח כבר טופל: גרסה שפורסמה מצטטת אותו.
intel-conflict-answered = הדיווח כבר נסגר כנענה.
intel-conflict-declined = הדיווח כבר נסגר כנדחה.
intel-conflict-merged = הדיווח הוא חלק מדיווח אחר.
intel-error-file = הדיווח התקבל, אבל הקובץ לא נקלט: אפשר להוסיף אותו שוב למטה.
