aliases = Words that mean the same
aliases-lead = Search finds all of a group by any of its words: names in the other script, abbreviations, what customers say.
aliases-find = Find a word
aliases-general = General
aliases-none = None yet.
aliases-topics = Names of topics
alias-new = New group
alias-words = Words
alias-words-hint = One a line, in both scripts: demo, הדגמה, מצגת חיה
alias-keep = Keep
alias-preview = See what it changes
alias-would = What searches would find
alias-same = The same first answers as now.
alias-more = Would also stand first:
alias-answers = { $before } → { $after }
alias-remove = Remove
alias-kept = Search knows these words from now on
alias-removed = Removed
alias-searched = { $count ->
    [one] searched once in 30 days
   *[other] searched { $count } times in 30 days
}
