page-ask = שאלה ל{ $name }
