page-ask = Ask { $name }
