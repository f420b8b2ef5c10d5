# נושאים: הרשימה, דף הבית של כל נושא, הטופס.
topics = נושאים
topics-lead = מוצרים, מתחרים, לקוחות: כל מה שידוע על כל אחד, במקום אחד.
topics-empty-title = עדיין אין נושאים
topics-empty-text = נושא אוסף דפים, דיווחים ואנשים. הראשון מתחיל בשם.
topics-product = מוצרים
topics-competitor = מתחרים
topics-account = לקוחות
topics-partner = שותפים
topics-segment = מגזרים
topics-region = אזורים
topic-product = מוצר
topic-competitor = מתחרה
topic-account = לקוח
topic-partner = שותף
topic-segment = מגזר
topic-region = אזור
topic-new = נושא חדש
topic-also = שמות נוספים:
topic-empty-title = עדיין אין דף בנושא
topic-empty-text = דפים בנושא הזה יופיעו כאן.
topic-intel = דיווחים אחרונים מהשטח
topic-no-intel = אין דיווח בנושא שפתוח לך.
topic-people = מי יודע
topic-owns = { $count ->
    [one] אחראי לדף אחד
    [two] אחראי לשני דפים
   *[other] אחראי ל־{ $count } דפים
}
topic-edit-title = עריכת { $name }
topic-form-lead = כל שם נחשב בחיפוש ובזיהוי נושאים בטקסט.
topic-kind = סוג
topic-name = שם
topic-name-he = שם בעברית
topic-aliases = שמות נוספים
topic-aliases-hint = אחד בכל שורה, בשני הכתבים: קיצורים, שמות ישנים, כתיבים נפוצים.
topic-external = מזהים במערכות אחרות
topic-external-hint = אחד בכל שורה, למשל: crm = 0015g00000Xy
topic-addresses = לאן מובילים המזהים
topic-addresses-label = תבנית הכתובת של כל מערכת
topic-addresses-hint = אחת בכל שורה, עם {"{id}"} במקום המזהה: crm = https://crm.example/accounts/{"{id}"}
topic-addresses-saved = תבניות הכתובות נשמרו.
topic-added = הנושא נוסף.
topic-changed = נשמר. החיפוש יתעדכן מיד.
topic-merge = מיזוג לתוך נושא אחר
topic-merge-text = הנושא האחר יקבל את השמות, הדיווחים והעוקבים; הכתובת הזאת תוביל אליו. אי אפשר לבטל.
topic-merge-into = להפוך לחלק מ־
topic-merge-do = מיזוג
topic-merged = מוזג: לנושא הזה יש עכשיו שני השמות.
topics-suggested = מוזכרים בטקסט
topics-suggested-text = עדיין לא בין נושאי הדף.
topics-suggested-add = הוספה
topics-suggested-summary = נוסף נושא: { $name }
topics-suggested-published = הנושא נוסף.
topics-suggested-waiting = הנושא נוסף לשינוי שממתין לאישור.
error-pairs = יש לכתוב ״שם = ערך״, אחד בכל שורה. השורה הזאת אינה כזאת: { $line }
error-pattern = כתובת מתחילה ב־https:// ומכילה {"{id}"}. זו אינה כזאת: { $line }
error-topic-taken = ״{ $name }״ כבר שם של { $topic }. לכל שם משמעות אחת.
error-topic-itself = נושא אינו יכול להפוך לחלק מעצמו. כדאי לבחור אחר.
error-unknown-topic-plain = אין נושא כזה. כדאי לבחור מהרשימה.
