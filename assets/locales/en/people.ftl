me-preferences = Language and look
me-theme = Colours
me-shortcuts = Single keys act: J, K, A and others
me-password-now = Password now
me-password-change = Change the password
me-sessions = Signed in
me-session-this = this one
me-session-end = End
me-tokens = API tokens
me-token-once = This is the only time that the token is shown. Keep it where your program finds it.
me-token-used = used
me-token-unused = never used
me-token-until = until
me-token-end = Withdraw
me-token-name = What is it for?
me-token-scopes = It may
me-token-days = Ends after days
me-token-make = Make a token
theme-auto = As the device has it
theme-light = Light
theme-dark = Dark
scope-read = read what I may read
scope-write = save and publish what I may
scope-intel = report and triage
scope-feeds = read feeds
role-submit-only = Reports only
role-reader = Reads
role-contributor = Proposes changes
role-editor = Edits and triages
role-publisher = Publishes and verifies
role-manager = Manages
people = People
people-count = { $people ->
    [one] 1 person
   *[other] { $people } people
}, { $spaces ->
    [one] 1 space.
   *[other] { $spaces } spaces.
}
people-name = Name
people-name-he = Name in Hebrew
people-title = What they do
people-rights = Rights
people-seen = Last seen
people-never = never
people-policy = Publishing
people-active = Active
people-invited = Invited
people-inactive = Closed
people-admin = Admin
people-outsider = From outside
people-outsider-check = From outside: a customer, a partner, an agency
people-admin-check = Looks after people and spaces
people-invite = Invite somebody
people-invite-do = Make the invitation
people-link-for = Link for { $name }
people-link-once = Send it yourself. It works once, and this is the only time that it is shown.
people-new-link = New sign-in link
people-actions = Actions: { $name }
people-deactivate = Close the account
people-activate = Open the account again
people-promote = Make admin
people-demote = No longer admin
space-new = New space
rights-title = Rights in { $name }
rights-lead = Each role includes the ones before it. A group’s role holds for everybody in it.
rights-who = Who
rights-role = Role
rights-give = Give
rights-take = Take away
me-saved = Saved
rights-group = Group
me-password-changed = The password is changed. Everywhere else you are signed out.
me-session-ended = That session has ended
me-token-ended = The token is withdrawn
people-done = Done. It holds at once.
error-last-admin = Somebody must look after Dugri: make another admin first
groups = Groups
groups-lead = A role given to a group holds for everybody in it.
group-new = New group
group-kind = Sort
group-join = Add
group-join-who = Who joins { $name }
group-leave = Take out
group-leave-who = Take { $name } out
group-team = Team
group-department = Department
group-branch = Branch
group-region = Region
group-other = Other
space-added = The space is there. Give somebody a role in it.
space-settings = About the space
space-about = What belongs here
space-about-he = What belongs here, in Hebrew
space-language = New pages are written in
people-sections = Parts of administration
handover-title = Close the account of { $name }
handover-lead = Sessions, links and tokens end at once. What they wrote stays under their name. What hangs on them goes to somebody who can answer for it.
handover-pages = Owns
handover-intel = Works on
handover-changes = Has begun to change
handover-nothing = Nothing hangs on this account.
handover-nobody = Nobody: without an owner
handover-to = Hand over to
company-title = Company
company-lead = How Dugri looks to everybody, the sign-in included.
company-own-colour = Use the company's colour
company-colour = Colour
company-colour-hint = For links and the main button. White must be readable on it.
company-logo = Logo
company-logo-hint = PNG, JPEG or WebP, at most 256 KB.
company-no-logo = Take the logo away
reach-title = Who can see { $name }
reach-short = Who can see it, and why
reach-lead = A page has no rights of its own: who may read here may read every published page here. Drafts and pending changes begin with those who propose changes.
reach-find = Name or email
reach-count = { $count ->
    [one] 1 person
   *[other] { $count } people
}
reach-not = Nobody called { $words } can come in here.
reach-admin = looks after the whole installation
reach-own = given directly: { $role }
reach-group = through the group { $group }: { $role }
table-title = From a table
table-lead = Many people at once, from a spreadsheet saved as CSV in UTF-8. First it says what the table would do; nothing is written before you say so.
table-take = Take the list as CSV
table-file = The table as a file
table-paste = Or its text
table-check = Say what it would do
table-plan = What it would do
table-counts = { $adds } added, { $changes } changed, { $same } as they are
table-ignored = Columns that say nothing here: { $columns }
table-does = Does
table-adds = Adds
table-changes = Changes
table-same = Nothing: it is so already
table-do = Do it
table-done = { $count ->
    [one] 1 row of the table is done
   *[other] { $count } rows of the table are done
}
profile-knows = Knows about
profile-owns = Answers for
profile-pages = { $count ->
    [one] 1 page
   *[other] { $count } pages
}
profile-owns-nothing = No page that you may read.
