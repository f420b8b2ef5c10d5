# מה שמחפשים לשווא, והחיפושים שלי.
gaps = חיפושים לשווא
gaps-lead = מה שאנשים מחפשים ולא מוצאים. אפשר לכתוב על כך דף, להוביל את המילים לדף קיים, או לומר למה לא: מי שביקש יקבל הודעה.
gaps-period = תקופה
gaps-days = { $days } ימים
gaps-figures = איך הלכו החיפושים
gaps-searches = חיפושים
gaps-by-people = { $count ->
    [one] אדם אחד
   *[other] { $count } אנשים
}
gaps-without-result = לא מצאו דבר
gaps-without-click = לא נפתח דבר
gaps-of-searches = { $count ->
    [one] חיפוש אחד
   *[other] { $count } חיפושים
}
gaps-to-answer = מהתיבה ועד הדף שענה
gaps-seconds = שנ׳
gaps-ninety = חציון של { $count }; תשעה מעשרה בתוך { $seconds } שנ׳
gaps-no-answer = עוד אין. דף הוא תשובה כשבמשך דקה לא מחפשים דבר נוסף.
gaps-distribution = התפלגות
gaps-upto = עד { $seconds } שנ׳
gaps-beyond = יותר
gaps-open = פתוחים
gaps-decided = הוחלטו
gaps-none = אין מה שמחפשים לשווא
gaps-none-text = חיפושים שלא מצאו דבר, או שאיש לא פתח מהם תשובה, יופיעו כאן.
gaps-none-decided = עוד לא הוחלט דבר
gaps-none-decided-text = מה שהוחלט על חסר מופיע כאן ואפשר לבטל.
gaps-privacy = החיפושים נספרים בלי שמות. רק מי שביקש מהשיווק מופיע בשמו.
gaps-all = הכול
gap-also = הוקלד גם:
gap-times = { $count ->
    [one] חיפוש אחד
   *[other] { $count } חיפושים
}
gap-split = { $nothing } לא מצאו דבר, { $unopened } לא פתחו דבר
gap-nothing = לא נמצא דבר
gap-unopened = לא נפתח דבר
gap-more = יותר מקודם ({ $before })
gap-fewer = פחות מקודם ({ $before })
gap-as-before = כמו קודם
gap-again = הוחלט ({ $what }), ומאז שוב חיפשו לשווא.
gap-asked-by = הבקשה של { $name }, { $when }:
gap-then = מי שהמשיך לחפש פתח את
gap-lead-there = להוביל לשם
gap-decide = החלטה
gap-write = כתיבת דף
gap-page = הדף שעונה
gap-page-hint = הכותרת או הכתובת שלו. מעכשיו החיפוש ימצא אותו לפי המילים האלה.
gap-lead = להוביל לשם את המילים
gap-meaning = פירושו כמו
gap-meaning-hint = מילה שמופיעה בדפים: החיפוש יתייחס לשתיהן כאחת.
gap-reason = למה לא
gap-reason-hint = מי שביקש יקבל את הנימוק.
gap-decline = דחייה
gap-take-back = ביטול ההחלטה
gap-decided = הוחלט. מי שביקש יקבל הודעה.
gap-state-open = פתוח
gap-state-page = נכתב על כך דף
gap-state-alias = החיפוש מכיר עכשיו את המילים
gap-state-redirect = מוביל לדף
gap-state-declined = נדחה
gap-note = לשם מה זה דרוש?
gap-asked-said = השיווק רואה את זה עכשיו. כשתהיה תשובה תקבלו הודעה.
gap-you-asked = ביקשתם מהשיווק { $when }. כשתהיה תשובה תקבלו הודעה.
notice-gap = יש תשובה למה שחיפשת
reason-asker = כי ביקשת את ”{ $name }“
searches-mine = החיפושים שלי
searches-mine-lead = נשמרים שנה, כדי שהחיפוש ישתפר ושתוכלו לחזור אליהם. איש מלבדכם לא רואה מה חיפשתם.
searches-none = אין חיפושים שמורים.
searches-hits = { $count ->
    [0] לא נמצא דבר
    [one] תוצאה אחת
   *[other] { $count } תוצאות
}
searches-opened = נפתח אחרי { $seconds } שנ׳
searches-forget = מחיקת הכול
searches-forgotten = החיפושים נמחקו.
panel-searches = חיפושים אחרונים
panel-opened = נפתחו לאחרונה
gap-new = חדש
