# Home, favourites, and what changed since the last visit.
home-ask = What do you need for the meeting?
home-ask-hint = Product, competitor, objection, customer…
home-view = Home for
home-view-sales = Sales
home-view-marketing = Marketing
home-must-know = Must know
home-must-know-hint = changes that matter to whoever used the old text
home-changed = Changed since you were here
home-changed-since = { $count ->
    [one] 1 page since { $day }
   *[other] { $count } pages since { $day }
}
home-mark-read = Mark all read
home-all-read = All changes are marked as read.
home-all-changes = All changes
home-up-to-date = You have seen everything that is new. Published last:
home-replaced-by = Replaced by “{ $title }”. Do not send the old one.
home-replaced = Replaced by another page. Do not send the old one.
home-from-own = from your report #{ $number }
home-from-reports = { $count ->
    [one] from a field report
   *[other] from { $count } field reports
}
home-queue = My queue
home-triage = Intel to triage
home-verify = Pages to verify
home-verify-none = Nothing to verify
home-verify-none-text = Pages whose check is near or late will stand here.
home-overdue = { $days ->
    [0] Check overdue since today
    [one] Check overdue by 1 day
   *[other] Check overdue by { $days } days
}
home-due = Check due { $day }
home-reviews = Changes to review
home-drafts = Your drafts
home-troubles = Files that search can't read
home-no-reports = Nothing reported yet. One line is enough.
home-no-triage = Every report has been looked at.
home-empty-title = No page is published yet
home-empty-text = What is published in your spaces will stand here, newest first.
changes-title = All changes
changes-lead = What was published last in the spaces that you may read. Minor changes are left out.
favourites = Favourites
favourites-empty = A star on a page keeps it here and in the menu.
favourite-add = Add to favourites
favourite-remove = Remove from favourites
favourite-kept = Added to your favourites.
favourite-gone = Removed from your favourites.
since-title = Changed since your last visit
since-when = you read revision { $number } { $when }
since-compare = Compare
since-seen = Got it
