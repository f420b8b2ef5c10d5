history-count = { $count ->
    [one] גרסה אחת פורסמה
    [two] שתי גרסאות פורסמו
   *[other] { $count } גרסאות פורסמו
}
history-verified = אומת על ידי { $name }
revisions = גרסאות
revision-title = גרסה { $number }
revision-minor = שינוי קטן
revision-published-by = פורסם על ידי { $name }
compare = השוואה
compare-from = מגרסה
compare-to = לגרסה
compare-title = מה השתנה: { $from } לעומת { $to }
compare-what = מה השתנה
compare-redline = סימון שינויים
compare-source = טקסט מקור
compare-caption = טקסט המקור של { $from } ושל { $to } זה לצד זה
compare-previous = השינוי הקודם
compare-next = השינוי הבא
compare-same = הטקסט זהה.
compare-coarse = הטקסטים גדולים או שונים מדי להשוואה עדינה, ולכן מסומן יותר ממה שהשתנה.
compare-folded = { $count ->
    [one] סעיף אחד ללא שינוי
    [two] שני סעיפים ללא שינוי
   *[other] { $count } סעיפים ללא שינוי
}
compare-fold-lines = { $count ->
    [one] שורה אחת ללא שינוי
    [two] שתי שורות ללא שינוי
   *[other] { $count } שורות ללא שינוי
}
words-added = { $count ->
    [one] מילה אחת נוספה
    [two] שתי מילים נוספו
   *[other] { $count } מילים נוספו
}
words-removed = { $count } הוסרו
restore-number = שחזור גרסה { $number }
view-as = תצוגה
compare-folded-text = טקסט ללא שינוי
