undo = ביטול הפעולה
undo-done = הפעולה בוטלה
undo-summary = הפעולה בוטלה
undo-refused = כבר אי אפשר לבטל את זה
step-preview = הצגת מה שיושפע
step-then = מה יהיה
step-undoable = אפשר לבטל, כאן ובהיסטוריה, כל עוד לא השתנה דבר אחר.
step-renamed = השם הוחלף, קודם: { $from }
step-moved = הועבר למרחב אחר
step-moved-between = הועבר מ{ $from } אל { $to }
step-archived = הועבר לארכיון
step-unarchived = הוצא מהארכיון
step-merged = מוזג אל
step-merged-here = אל הדף הזה מוזג
step-split = קטע הפך לדף
step-split-here = פוצל מתוך
step-undone = בוטל
touches = על מה זה משפיע
touches-nothing = אין קישורים לכאן ואין דבר שממתין.
touches-backlinks = { $count ->
    [one] דף אחד מקשר לכאן
   *[other] { $count } דפים מקשרים לכאן
}
touches-more = { $count ->
    [one] ועוד אחד
   *[other] ועוד { $count }
}
touches-redirects = { $count ->
    [one] כתובת חיצונית אחת מובילה לכאן
   *[other] { $count } כתובות חיצוניות מובילות לכאן
}
touches-redirects-stay = הן ימשיכו להוביל לכאן.
touches-predecessors = { $count ->
    [one] דף אחד מציין את הדף הזה כמחליפו
   *[other] { $count } דפים מציינים את הדף הזה כמחליפם
}
touches-predecessors-stay = הקוראים שלהם ימשיכו להגיע לכאן.
touches-watchers = { $count ->
    [one] אדם אחד עוקב אחריו
   *[other] { $count } אנשים עוקבים אחריו
}
touches-watchers-stay = המעקב נשאר, כל עוד מותר להם לקרוא אותו.
touches-waiting = { $count ->
    [one] שינוי אחד ממתין:
   *[other] { $count } שינויים ממתינים:
}
touches-reports = { $count ->
    [one] דיווח פתוח אחד עוסק בו
   *[other] { $count } דיווחים פתוחים עוסקים בו
}
touches-reports-stay = הם נשארים במקומם, אצל מי שממיין אותם היום.
touches-gain = { $count ->
    [one] אדם אחד יראה אותו ואינו רואה אותו היום
   *[other] { $count } אנשים יראו אותו ואינם רואים אותו היום
}
touches-lose = { $count ->
    [one] אדם אחד לא יראה אותו עוד
   *[other] { $count } אנשים לא יראו אותו עוד
}
touches-outsiders = { $count ->
    [one] (אחד מבחוץ)
   *[other] ({ $count } מבחוץ)
}
rename = החלפת שם
rename-why = מה הסיבה
rename-slug = סוף הכתובת הקריא
rename-slug-hint = אם ריק, לפי הכותרת. הכתובת הישנה תמשיך להוביל לכאן.
rename-do = החלפת השם
rename-done = השם החדש: { $title }
rename-waits = הכותרת החדשה ממתינה לאישור פרסום
rename-nothing = זה כבר השם
rename-old-address = זו תמשיך להוביל לכאן:
rename-will-wait = במרחב הזה יש אישור פרסום: הכותרת החדשה תמתין כשינוי.
rename-namesake = לדף אחר יש או היה שם כזה, וקישורים שנכתבו עד כה מובילים אליו:
rename-links = הקישורים שלהם ימשיכו להוביל לכאן: השם הישן נשאר ידוע.
rename-changes = הם נשארים עם הכותרת שבה נכתבו עד הפרסום שלהם.
redirects = כתובות חיצוניות שמובילות לכאן
redirects-text = כתובות של הוויקי שממנו הגיע הדף. הן מובילות לכאן תמיד, בכל שם שיהיה לדף.
redirect-path = נתיב
redirect-hint = למשל /wiki/XR-200, או הכתובת הישנה המלאה
redirect-add = להוביל לכאן
remove = הסרה
move = העברה
move-to = לאיזה מרחב
move-from = הדף נמצא במרחב { $space }. ההיסטוריה, השינויים והקבצים עוברים איתו.
move-do = העברה אל { $space }
move-done = הועבר
move-nowhere = אין מרחב שאפשר להעביר אליו
move-nowhere-text = אין לך הרשאת פרסום במרחב אחר. כדאי לפנות למנהל המרחב המתאים.
move-reviewed = שם יש אישור פרסום: מעכשיו כל שמירה ממתינה כשינוי.
move-open = שם שמירה מפרסמת: שינויים שממתינים ימשיכו להמתין, ושמירות חדשות יתפרסמו מיד.
move-files = { $count ->
    [one] קובץ אחד עובר איתו.
   *[other] { $count } קבצים עוברים איתו.
}
move-links = הם ימשיכו להוביל לכאן. מי שלא יוכל לקרוא את הדף לא יראה קישור.
move-changes = הם עוברים איתו. מי שאין לו תפקיד שם לא יוכל להמשיך בשלו.
archive-text = הדף נשאר קריא בכתובתו, כתוב בו שהוא בארכיון, והוא נמצא אחרון בחיפוש.
archive-done = הועבר לארכיון
unarchive-text = הדף שוב נמצא ונספר כמו כל דף אחר.
unarchive-done = הוצא מהארכיון
archive-links = הקישורים שלהם ימשיכו להוביל לכאן, לדף שכתוב בו שהוא בארכיון. אם יש לו מחליף, אפשר לציין אותו בפרטי הדף.
unarchive-links = הקישורים שלהם מובילים לכאן כמו קודם.
archive-reports = הם ממשיכים לחכות לתוצאה.
archive-changes = הם נשארים ואפשר לפרסם אותם.
merge = מיזוג לדף אחר
merge-about = הדף הזה הופך לחלק מדף אחר. הדף האחר מחליף אותו ומקבל את שמותיו, ומי שמגיע לכתובת הישנה מגיע אליו. שתי ההיסטוריות נשמרות.
merge-into = לאיזה דף
merge-into-hint = הכותרת, המזהה או הכתובת שלו
merge-then = הראשון יהיה מוחלף. הכתובת והשמות שלו יובילו אל השני.
merge-text = מה יהיה עם הטקסט
merge-text-pending = יעמוד אחרי הטקסט של האחר, כשינוי להמשך עבודה
merge-text-publish = יעמוד אחרי הטקסט של האחר מיד
merge-text-leave = יישאר בהיסטוריה של הדף הישן
merge-do = מיזוג
merge-done = מוזג אל { $title }
merge-links = הקישורים שלהם יובילו מעכשיו אל הדף האחר.
merge-reports = הם נשארים בדף הזה וממשיכים לחכות לתוצאה.
merge-changes = הם נשארים בדף הזה, שקוראים כבר לא יגיעו אליו.
merged-here = { $title } הפך לחלק מהדף הזה.
merged-open = מה שהיה
split = פיצול קטע
split-about = קטע הופך לדף בפני עצמו באותו מרחב. במקומו נשאר קישור, וההיסטוריה של שניהם אומרת לאן עבר ומאין הגיע.
split-section = איזה קטע
split-title = כותרת הדף החדש
split-then = { $title } יהיה דף; מתחת לכותרת הקטע יישאר קישור אליו.
split-will-wait = במרחב הזה יש אישור פרסום: הדף החדש יהיה טיוטה והקישור ימתין כשינוי.
split-text = הטקסט של הדף החדש
split-do = פיצול
split-done = הקטע הוא עכשיו דף בפני עצמו
split-waits = הקטע הוא טיוטה בפני עצמה; הקישור ממתין לאישור פרסום
split-none = אין קטע שאפשר לפצל
split-none-text = קטע מתחיל בכותרת. כדאי להוסיף כותרת לטקסט ולחזור.
error-step-stale = הדף השתנה מאז. כך הוא נראה עכשיו: כדאי להסתכל שוב ואז לאשר.
error-undo-undone = הפעולה כבר בוטלה.
error-undo-right = אין לך הרשאה לכך בדפים שבהם מדובר. כדאי לפנות למי שביצע את הפעולה או למנהל המרחב.
error-undo-moved-on = מאז השתנה משהו שסותר את זה. ההיסטוריה מראה מה; אפשר לשנות בחזרה ביד.
error-rename-slug-right = רק מי שמפרסם כאן יכול לבחור את הכתובת. כדאי להשאיר ריק.
error-rename-slug-waits = הכתובת תבוא אחרי הכותרת כשזו תפורסם. כדאי להשאיר ריק.
error-redirect-path = יש להתחיל בקו נטוי, למשל /wiki/XR-200
error-redirect-own = זו כתובת של דוגרי עצמו: אל דפים מגיעים לפי המזהה שלהם
error-redirect-taken = הנתיב הזה כבר מוביל אל { $page }. יש להסיר אותו שם קודם.
error-move-same = הדף כבר נמצא שם
error-move-right = אין לך הרשאת פרסום במרחב { $space }. כדאי לבקש תפקיד ממנהל המרחב, או לבחור מרחב אחר.
error-merge-self = דף לא יכול להתמזג לתוך עצמו. יש לבחור דף אחר.
error-merge-circle = הדף ההוא מוחלף בסופו של דבר בדף הזה. יש להסיר קודם את המחליף שלו, או למזג בכיוון ההפוך.
error-merge-draft = ל{ $page } אין טקסט שפורסם: קוראים יגיעו לשום מקום. יש לפרסם אותו קודם.
error-merge-retired = { $page } כבר הוחלף או בארכיון. יש למזג לדף שמחליף אותו.
error-merge-already = { $page } כבר חלק מדף אחר. יש לבטל את זה קודם בהיסטוריה שלו.
error-merge-right = אין לך הרשאת כתיבה שם. אפשר להשאיר את הטקסט בהיסטוריה, או לבקש תפקיד.
error-merge-large = הטקסטים יחד גדולים מ־{ $max } בתים. אפשר להשאיר את הטקסט בהיסטוריה ולהעביר את מה שחשוב ביד.
error-split-section = הקטע הזה כבר לא שם. יש לבחור שוב.
error-split-empty = אין דבר מתחת לכותרת הזאת. יש לבחור קטע אחר.
error-split-title = אי אפשר לקשר לכותרת עם [ ] | או #. יש לבחור כותרת אחרת.
error-split-taken = לדף אחר יש או היה שם כזה, והקישור היה מוביל אליו. יש לבחור כותרת אחרת.
