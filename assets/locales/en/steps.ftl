undo = Undo
undo-done = Undone
undo-summary = Undone
undo-refused = This can no longer be undone
step-preview = Show what it touches
step-then = What will be
step-undoable = It can be undone, here and in the history, as long as nothing else has changed it.
step-renamed = Renamed, from { $from }
step-moved = Moved to another space
step-moved-between = Moved from { $from } to { $to }
step-archived = Put into the archive
step-unarchived = Taken out of the archive
step-merged = Became part of
step-merged-here = This page took in
step-split = A section became
step-split-here = Split off from
step-undone = undone
touches = What this touches
touches-nothing = Nothing links here and nothing waits.
touches-backlinks = { $count ->
    [one] 1 page links here
   *[other] { $count } pages link here
}
touches-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
touches-redirects = { $count ->
    [one] 1 foreign address leads here
   *[other] { $count } foreign addresses lead here
}
touches-redirects-stay = They go on leading here.
touches-predecessors = { $count ->
    [one] 1 page names this one as its successor
   *[other] { $count } pages name this one as their successor
}
touches-predecessors-stay = Their readers go on being sent here.
touches-watchers = { $count ->
    [one] 1 person watches it
   *[other] { $count } people watch it
}
touches-watchers-stay = They go on watching it, as far as they may still read it.
touches-waiting = { $count ->
    [one] 1 change waits:
   *[other] { $count } changes wait:
}
touches-reports = { $count ->
    [one] 1 open report is about it
   *[other] { $count } open reports are about it
}
touches-reports-stay = They stay where they lie, with those who triage them now.
touches-gain = { $count ->
    [one] 1 person will see it who does not now
   *[other] { $count } people will see it who do not now
}
touches-lose = { $count ->
    [one] 1 person will no longer see it
   *[other] { $count } people will no longer see it
}
touches-outsiders = { $count ->
    [one] (1 from outside)
   *[other] ({ $count } from outside)
}
rename = Rename
rename-why = Why
rename-slug = Readable end of the address
rename-slug-hint = Empty: it follows the title. The old one goes on leading here.
rename-do = Rename
rename-done = Renamed to { $title }
rename-waits = The new title waits for a publisher
rename-nothing = It is called so already
rename-old-address = This goes on leading here:
rename-will-wait = In this space a publisher approves: the new title waits as a change.
rename-namesake = Another page is or was called so, and links written so far lead there:
rename-links = Their links go on leading here: the old name stays known.
rename-changes = They keep the title that they were written with until they are published.
redirects = Foreign addresses that lead here
redirects-text = Addresses of a wiki that this page came from. They lead here for ever, whatever the page is called.
redirect-path = Path
redirect-hint = For example /wiki/XR-200, or the whole old address
redirect-add = Lead it here
remove = Remove
move = Move
move-to = To which space
move-from = It lies in { $space }. Its history, changes and files go along.
move-do = Move to { $space }
move-done = Moved
move-nowhere = There is no space to move it to
move-nowhere-text = You may publish in no other space. Ask a manager of the space it should go to.
move-reviewed = There a publisher approves: from now on a save waits as a change.
move-open = There a save publishes: changes that wait go on waiting, later saves are published at once.
move-files = { $count ->
    [one] 1 file goes along.
   *[other] { $count } files go along.
}
move-links = They go on leading here. Those who can no longer read this page see no link.
move-changes = They go along. Who has no role there can no longer go on with theirs.
archive-text = The page stays readable at its address, says that it is retired, and is found last.
archive-done = In the archive
unarchive-text = The page is found and counted again like any other.
unarchive-done = Taken out of the archive
archive-links = Their links go on leading here, to a page that says it is retired. Name a successor under Page details if there is one.
unarchive-links = Their links lead here as before.
archive-reports = They go on waiting for an outcome.
archive-changes = They stay, and can be published.
merge = Merge into another page
merge-about = This page becomes part of another one. That one replaces it and gets its names; who comes to the old address is led there. Both histories stay.
merge-into = Into which page
merge-into-hint = Its title, id or address
merge-then = The first is then superseded. Its address and its names lead to the second.
merge-text = What becomes of the text
merge-text-pending = It stands behind the other’s text, as a change to go on with
merge-text-publish = It stands behind the other’s text at once
merge-text-leave = It stays in the history of the old page
merge-do = Merge
merge-done = Merged into { $title }
merge-links = Their links lead to the other page from now on.
merge-reports = They stay with this page and go on waiting for an outcome.
merge-changes = They stay with this page, which readers no longer come to.
merged-here = { $title } became part of this page.
merged-open = What it was
split = Split off a section
split-about = A section becomes a page of its own, in the same space. A link stays in its place, and the history of both says where it went and came from.
split-section = Which section
split-title = Title of the new page
split-then = { $title } becomes a page; a link to it stays under the heading.
split-will-wait = In this space a publisher approves: the new page is a draft and the link waits as a change.
split-text = Text of the new page
split-do = Split off
split-done = The section is a page of its own
split-waits = The section is a draft of its own; the link waits for a publisher
split-none = There is no section to split off
split-none-text = A section begins with a heading. Give the text one, then come back.
error-step-stale = The page has changed since you looked. This is how it is now: look again, then confirm.
error-undo-undone = It was undone already.
error-undo-right = You may not do this to the pages it concerns. Ask whoever did it, or a manager of the space.
error-undo-moved-on = Something has changed since that contradicts it. The history shows what; change it back by hand.
error-rename-slug-right = Whoever publishes here may choose the address. Leave this empty.
error-rename-slug-waits = The address follows the title once that is published. Leave this empty.
error-redirect-path = Begin with a slash, for example /wiki/XR-200
error-redirect-own = This is an address of Dugri itself: pages are led to by their id
error-redirect-taken = This path leads to { $page } already. Remove it there first.
error-move-same = The page lies there already
error-move-right = You may not publish in { $space }. Ask a manager of that space for the role, or choose another space.
error-merge-self = A page cannot become part of itself. Choose another one.
error-merge-circle = That page is replaced by this one, in the end. Take its successor away first, or merge the other way round.
error-merge-draft = { $page } has no published text: readers would be led to nothing. Publish it first.
error-merge-retired = { $page } is itself retired. Merge into the page that replaces it.
error-merge-already = { $page } is already part of another page. Undo that in its history first.
error-merge-right = You may not write there. Leave the text in the history, or ask for the role.
error-merge-large = Together the texts are larger than { $max } bytes. Leave the text in the history and take over what matters by hand.
error-split-section = This section is no longer there. Choose again.
error-split-empty = There is nothing under this heading. Choose another section.
error-split-title = A title with [ ] | or # cannot be linked. Choose another one.
error-split-taken = Another page is or was called so, and the link would lead there. Choose another title.
