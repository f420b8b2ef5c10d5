search-results = Search results
search-count = { $count ->
    [one] 1 result
   *[other] { $count } results
}
search-best-first = best first
search-instead = Showing results for { $words }.
search-relaxed = One of the words is nowhere, so these do without it.
search-old = Out of date
search-old-hint = shown last, so that you do not send them by mistake
search-not-here = Not here? Ask marketing.
search-ask = Ask
search-ask-marketing = Ask marketing
search-nothing = Nothing about “{ $words }”
search-nothing-text = Try fewer words or another spelling. Marketing answers a question in a day.
search-nearest = What comes nearest
search-narrow = Narrow down
search-without = without
search-use = Use
search-suggestions = Suggestions
search-pages = Pages
search-reports = Field intel
search-do = Do
search-all = All results for “{ $words }”
facet-kind = Kind
facet-state = Status
facet-topic = Topic
facet-language = Language
facet-type = What
space-word = Space
search-report = Report #{ $number }
why-alias = by another name: { $words }
why-meaning = by meaning: { $words }
why-spelling = in another spelling: { $words }
why-sound = by its sound: { $words }
why-typo = typing mistake put right: { $words }
search-score = Score
search-copy-answer = Copy the sentence
