intel-subject = Who is it about?
intel-subject-customer = Customer
intel-subject-competitor = Competitor
intel-subject-partner = Partner
intel-subject-material = Our material
intel-certainty = How certain is it?
intel-certainty-heard = Heard it myself
intel-certainty-document = Saw a document
intel-certainty-rumour = A rumour
intel-kind = What kind of report?
intel-kind-price = Price
intel-kind-objection = Objection
intel-kind-won = Won
intel-kind-lost = Lost
intel-kind-missing-feature = Missing feature
intel-kind-fault = Fault
intel-kind-question = Question
intel-what = What did you see or hear?
intel-what-placeholder = One line is enough. Who said it, and how do you know?
intel-account = Customer or account
intel-quote = Their words
intel-channel = Where
intel-channel-placeholder = A call, a visit, a trade show
intel-photo = Photo or document
intel-photo-add = Add
intel-photo-alt = Photo: { $name }
intel-more = Kind, quote, place, urgency
intel-urgent = Urgent: somebody waits for an answer
intel-confidential = Only managers may see who sent this
intel-send = Send to marketing
intel-promised = Answer within { $span }
intel-restored = Your unsent text is back.
intel-sent = Sent. It is report { $number }.
intel-sent-topics = Sent. It is report { $number }, about { $topics }.

intel-number = Report { $number }
intel-reporter-hidden = Name withheld
intel-outsider = From outside
intel-is-urgent = Urgent
intel-is-confidential = Confidential
intel-late = { $span } late
intel-left = { $span } left
intel-with = with { $name }
intel-is-on-it = { $name } is on it
intel-after = after { $span }
intel-due-by = due by { $moment }
intel-expected-by = expected by { $day }
intel-part-of-another = part of another report
intel-changed-page = changed
intel-changed-unseen = It changed a page that you cannot read.
intel-new-page = A new page came of it.
intel-more-changes = { $count ->
    [one] And one more change.
   *[other] And { $count } more changes.
}
intel-see-changes = See what changed

intel-mine-count = { $count ->
    [one] 1 report.
   *[other] { $count } reports.
}
intel-mine-changed = { $count ->
    [0] None of them has changed a page yet.
    [one] 1 of them changed a page.
   *[other] { $count } of them changed a page.
}
intel-mine-empty = Nothing reported yet
intel-mine-empty-text = What you hear in the field goes to marketing from here, and what became of it comes back here.
intel-none-here = No report here.
intel-filter = Filter
intel-tab-all = All
intel-tab-waiting = Waiting
intel-tab-published = Acted on
intel-new-reply = New reply
intel-seen = Mark as read
intel-seen-done = Marked as read.

intel-about-page = The page it is about
intel-conversation = Conversation
intel-note-mark = Not shown to the reporter
intel-write-back = Add something
intel-write-back-send = Send
intel-files = Files

intel-acknowledge = Acknowledge
intel-link = Link to a page
intel-link-page = Address or id of the page
intel-link-hint = Paste the address from the browser.
intel-link-or = Or one of these:
intel-link-do = Link
intel-assign = Assign
intel-assign-to = Who answers for it
intel-assign-me = Take it
intel-nobody = Nobody
intel-reply = Reply
intel-reply-text = To the reporter
intel-reply-hint = A reply does not close the report.
intel-reply-send = Send reply
intel-note-send = Keep as a note
intel-close = Close, no change
intel-close-text = What the reporter reads
intel-close-hint = The answer, or why nothing follows.
intel-answer = Close as answered
intel-decline = Close as declined
intel-move = Move
intel-move-to = To which space
intel-move-do = Move
intel-merge = Merge into this one
intel-merge-into = Merge into { $number }
intel-merged = Merged into this report
intel-merged-into = This became part of report
intel-unmerge = Undo
intel-similar = Looks like the same thing
intel-pages = Pages this could change
intel-edit = Start an edit
intel-edit-of = Start an edit of { $title }

intel-queue = Queue
intel-board = Board
intel-board-text = Last { $days } days. Every report ends in one of the two columns at the end.
intel-soonest-first = soonest first
intel-queue-empty = Nothing waits
intel-queue-empty-text = New reports from the field come here.
intel-to-queue = Back to the queue
intel-new-count = { $count ->
    [one] 1 new
   *[other] { $count } new
}
intel-late-count = { $count ->
    [one] 1 late
   *[other] { $count } late
}
intel-all = All
intel-space = Space
intel-only-mine = Only those given to me
intel-filter-do = Show
intel-filter-clear = Show all
intel-key-acknowledge = acknowledge
intel-key-link = link
intel-key-merge = merge
intel-key-assign = assign
intel-key-reply = reply
intel-key-undo = undo
intel-key-all = all keys

intel-done-acknowledge = Acknowledged. The reporter sees it.
intel-done-start = In work.
intel-done-link = Linked to { $title }.
intel-done-assign = Assigned to { $name }.
intel-done-unassign = Nobody is assigned.
intel-done-reply = Sent.
intel-done-note = Noted.
intel-done-answer = Closed as answered.
intel-done-decline = Closed as declined.
intel-done-move = Moved.
intel-done-merge = Merged. Z or Undo takes it back.
intel-done-unmerge = Separate again.
intel-done-file = { $name } is with the report.

intel-error-what = Say in a line what you saw or heard.
intel-error-subject = Choose who it is about.
intel-error-certainty = Choose how certain it is.
intel-error-kind = This kind is not known.
intel-error-client-id = The id of the request must be a UUID, or a word of at most 100 letters and digits.
intel-error-long = { $over } characters too many; { $max } fit.
intel-error-text = Write something first.
intel-error-assignee = This person does not triage in this space.
intel-error-page = There is no such page that you can read, or it is retired.
intel-error-space = You do not triage in this space.
intel-error-merge = Choose at least one report to merge.

intel-conflict-new = The report is still new.
intel-conflict-acknowledged = The report is already acknowledged.
intel-conflict-in-work = The report is already in work.
intel-conflict-published = The report is already acted on: a published revision cites it.
intel-conflict-answered = The report is already closed as answered.
intel-conflict-declined = The report is already closed as declined.
intel-conflict-merged = The report is part of another one.
intel-error-file = The report is in, but its file was not taken: add it again below.
