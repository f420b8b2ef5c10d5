open-list = Open
filter = Filter
all = All
sla-late = { $span } late
sla-left = { $span } left
space-pages = { $count ->
    [one] 1 page
   *[other] { $count } pages
}
space-reviewed = a publisher approves each change
space-open = saving publishes
space-empty-title = “{ $name }” has no pages
space-empty-text = The first one begins with its kind and a title.
space-drafts = Drafts
space-drafts-hint = never published; readers do not see them
wanted-title = Wanted pages
wanted-lead = Pages link to these, and nobody has written them yet.
wanted-from = { $count ->
    [one] Linked from
   *[other] Linked from { $count } pages:
}
wanted-write = Write it
wanted-empty-title = Every link leads somewhere
wanted-empty-text = When a page links to one that does not exist, it will stand here.
orphans-title = Orphans
orphans-lead = Nothing links to these pages. They are found by search alone.
orphans-empty-title = Every page is linked to
orphans-empty-text = Pages that nothing links to will stand here.
