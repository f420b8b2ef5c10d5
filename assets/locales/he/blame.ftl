blame = מי כתב מה
blame-current = מה שהקוראים רואים
blame-older = גרסה { $number } או קודמת לה
blame-older-note = ההיסטוריה נבדקה עד גרסה { $number }: שורות ללא שם הן מגרסה זו או מקודמת לה.
blame-before = הטקסט שלפני כן
blame-before-of = הטקסט שלפני כן: לפני { $name }, עם מקור השורות
blame-empty = אין שורות בטקסט הזה.
