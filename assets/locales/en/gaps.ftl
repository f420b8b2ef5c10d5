# What is searched for in vain, and the own searches.
gaps = Searched in vain
gaps-lead = What people look for and do not find. Make a page of it, lead its words to one, or say why not: whoever asked is told.
gaps-period = Period
gaps-days = { $days } days
gaps-figures = How searches went
gaps-searches = Searches
gaps-by-people = { $count ->
    [one] 1 person
   *[other] { $count } people
}
gaps-without-result = Found nothing
gaps-without-click = Nothing opened
gaps-of-searches = { $count ->
    [one] 1 search
   *[other] { $count } searches
}
gaps-to-answer = From the box to the page that answered
gaps-seconds = s
gaps-ninety = median of { $count }; nine of ten within { $seconds } s
gaps-no-answer = None yet. A page answers when nothing more is looked for within a minute.
gaps-distribution = Distribution
gaps-upto = up to { $seconds } s
gaps-beyond = longer
gaps-open = Open
gaps-decided = Decided
gaps-none = Nothing is searched for in vain
gaps-none-text = Searches that find nothing, or of whose answers nobody opens one, will stand here.
gaps-none-decided = Nothing decided yet
gaps-none-decided-text = What you decide about a gap stands here and can be taken back.
gaps-privacy = Searches are counted without names. Only who asked marketing is named.
gaps-all = All
gap-also = Also typed:
gap-times = { $count ->
    [one] 1 search
   *[other] { $count } searches
}
gap-split = { $nothing } found nothing, { $unopened } opened nothing
gap-nothing = found nothing
gap-unopened = opened nothing
gap-more = more than before ({ $before })
gap-fewer = fewer than before ({ $before })
gap-as-before = as many as before
gap-again = Decided ({ $what }), and searched for in vain again since.
gap-asked-by = { $name } asked { $when }:
gap-then = Who went on looking opened
gap-lead-there = Lead there
gap-decide = Decide
gap-write = Write a page
gap-page = Page that answers
gap-page-hint = Its title or address. Search finds it by these words from then on.
gap-lead = Lead these words there
gap-meaning = Means the same as
gap-meaning-hint = A word that pages use: search treats both alike.
gap-reason = Why not
gap-reason-hint = Whoever asked is told this.
gap-decline = Decline
gap-take-back = Take back
gap-decided = Decided. Whoever asked is told.
gap-state-open = open
gap-state-page = a page is being written
gap-state-alias = search knows these words now
gap-state-redirect = leads to a page
gap-state-declined = declined
gap-note = What do you need it for?
gap-asked-said = Marketing sees it now. You will be told when it is answered.
gap-you-asked = You asked marketing { $when }. You will be told when it is answered.
notice-gap = What you looked for is answered
reason-asker = because you asked for “{ $name }”
searches-mine = Your searches
searches-mine-lead = Kept for a year, so that search gets better and you find them again. Nobody else is shown what you searched for.
searches-none = No searches are kept.
searches-hits = { $count ->
    [0] found nothing
    [one] 1 result
   *[other] { $count } results
}
searches-opened = opened after { $seconds } s
searches-forget = Delete all
searches-forgotten = Your searches are deleted.
panel-searches = Searched last
panel-opened = Opened last
gap-new = new
