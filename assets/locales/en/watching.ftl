# Watching, notices, feeds.
watch = Watch
watch-label = Watch { $name }
watching = Watching
muted = Muted
watch-begun = You will be told what changes.
watch-muted = You will not be told of it, whatever else you watch.
watch-ended = You watch it no longer.
watch-end-label = Stop watching { $name }
watched = What you watch
watched-none = Nothing yet. The bell on a page, topic, space or search watches it.
watched-page = Page
watched-topic = Topic
watched-space = Space
watched-search = Search
watched-person = Person
notices = Notifications
notices-lead = What happened to what you watch, own or reported. Your own changes are never among it.
notices-bell = { $count ->
    [0] Notifications, none new
    [one] Notifications, 1 new
   *[other] Notifications, { $count } new
}
notices-new = New
notices-read = Read
notices-none = Nothing new
notices-none-text = When something you watch changes, it will stand here with the reason.
notice-published = Page changed
notice-superseded-page = Page replaced
notice-archived-page = Page archived
notice-waiting = Change waits to be published
notice-due = Check due soon
notice-overdue-page = Check overdue
notice-intel = Report from the field
notice-assigned = Report assigned to you
notice-outcome = News on your report
notice-times = { $count ->
    [one] once
   *[other] { $count } times
}
notice-mute-page = Mute page
notice-mute-watch = Stop watching
notice-muted = You will not be told of this any more.
notice-read = Mark as read
notice-read-label = Mark as read: { $title }
reason-owner = because you own the page
reason-assignee = because you answer for it
reason-reporter = because you reported it
reason-page = because you watch the page
reason-topic = because you watch { $name }
reason-space = because you watch { $name }
reason-person = because you watch { $name }
reason-search = because you watch the search “{ $name }”
feed = Feed
feeds = Feeds
feeds-lead = Any list in your feed reader, as far as you may read it.
feed-changes = All changes
feed-watched = What you watch
feed-mine = My intel
feed-triage = Intel to triage
feed-space = Space: { $name }
feed-topic = Topic: { $name }
feed-search = Search: { $name }
feed-somebody = a colleague
feed-make = Make an address
feed-make-text = The address holds a key of its own: it reads feeds, nothing else, and can be withdrawn here.
feed-once = This address is shown once. Put it into your feed reader now.
feed-secret = Whoever has it reads this feed as you. Do not pass it on.
feed-tokens = Addresses made before
feed-ended = The address is withdrawn.
feed-lists = Other lists
