aliases = מילים נרדפות
aliases-lead = החיפוש מוצא את כל הקבוצה לפי כל אחת ממילותיה: שמות בכתב השני, קיצורים, מה שלקוחות אומרים.
aliases-find = חיפוש מילה
aliases-general = כלליות
aliases-none = אין עדיין.
aliases-topics = שמות של נושאים
alias-new = קבוצה חדשה
alias-words = מילים
alias-words-hint = אחת בכל שורה, בשני הכתבים: הדגמה, demo, מצגת חיה
alias-keep = שמירה
alias-preview = מה זה ישנה
alias-would = מה החיפושים ימצאו
alias-same = אותן תשובות ראשונות כמו היום.
alias-more = יעלו גם בין הראשונות:
alias-answers = { $before } ← { $after }
alias-remove = הסרה
alias-kept = מעכשיו החיפוש מכיר את המילים האלה
alias-removed = הוסר
alias-searched = { $count ->
    [one] חיפוש אחד ב־30 הימים האחרונים
   *[other] { $count } חיפושים ב־30 הימים האחרונים
}
