history-count = { $count ->
    [one] 1 published revision
   *[other] { $count } published revisions
}
history-verified = Verified by { $name }
revisions = Revisions
revision-title = Revision { $number }
revision-minor = small change
revision-published-by = published by { $name }
compare = Compare
compare-from = From revision
compare-to = to
compare-title = What changed: { $from } to { $to }
compare-what = What changed
compare-redline = Redline
compare-source = Source
compare-caption = Source of { $from } and { $to } side by side
compare-previous = The step before
compare-next = The step after
compare-same = The text is the same.
compare-coarse = The texts are too large or too different for a fine comparison, so more is marked than changed.
compare-folded = { $count ->
    [one] One section without changes
   *[other] { $count } sections without changes
}
compare-fold-lines = { $count ->
    [one] 1 line without changes
   *[other] { $count } lines without changes
}
words-added = { $count ->
    [one] 1 word added
   *[other] { $count } words added
}
words-removed = { $count } removed
restore-number = Restore { $number }
view-as = View
compare-folded-text = Text without changes
