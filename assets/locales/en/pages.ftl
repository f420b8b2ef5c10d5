page-ask = Ask { $name }
page-contents = On this page
page-about = About this page
page-facts = Facts
page-files = Files
page-backlinks = Links to this page
page-pending = Pending changes
page-what-changed = What changed last
page-source = Markdown source
page-settings = Page settings
page-verify = Verify
page-open = Open { $title }
page-open-current = Open the current one
page-copy-message = Copy the key message
edit = Edit
history = History
more-actions = More actions
back-to-page = Back to the page
change-open = See the change
audience-internal = Internal
audience-partners = For partners too
audience-customers = May be shared with customers
cur-revision = Revision
cur-verified-by = Verified by
cur-published-by = Published by
cur-next-check = Next check
cur-check-was = Check was due
cur-owner = Owner
fact-kind = Kind
fact-published = Published
fact-audience = Audience
fact-id = Permanent id
track-day = Day { $day } of { $days } until the next check
track-late = { $days ->
    [one] 1 day past the check date
   *[other] { $days } days past the check date
}
notice-old = This is revision { $number }, not what holds now.
notice-old-newest = Readers get revision { $number }. Do not send this one.
notice-old-none = The page is not published any more.
notice-change = This is a pending change. Readers do not see it.
notice-draft = This is a draft. It was never published.
notice-change-by = { $name }, { $when }.
notice-pending = { $count ->
    [one] A change waits for approval.
   *[other] { $count } changes wait for approval.
}
notice-superseded = What stands below is out of date: do not send it to a customer.
notice-archived = This page is retired. It stays readable, and nobody keeps it up to date.
notice-overdue = { $days ->
    [0] The check is due today.
    [one] Check overdue by 1 day.
   *[other] Check overdue by { $days } days.
}
notice-overdue-text = The facts may still hold. Ask before you quote a price from this page.
notice-overdue-ask = The facts may still hold. Ask { $name } before you quote a price from this page.
notice-disputed = A report from the field contradicts it, and the owner has not answered yet.
field-says = From the field
field-says-count = { $count ->
    [0] no reports about this page
    [one] 1 report about this page
   *[other] { $count } reports about this page
}
field-says-add = Add what you know
became-revision = Became revision { $number }
