brand = Dugri
home = Home
skip = Skip to content
main-menu = Main
home-link = Dugri, home
search = Search
search-dugri = Search Dugri
my-intel = My intel
triage = Triage
marketing = Marketing
spaces = Spaces
people-and-spaces = People and spaces
wanted-and-orphans = Wanted pages
theme-switch = Switch light or dark
sign-out = Sign out
more = More
report = Report from the field
report-short = Report
new-page = New page
my-settings = My settings
back = Back
you-are-here = You are here
close = Close
cancel = Cancel
save = Save
copy = Copy
copied = Copied
copy-link = Copy link
optional = optional
older = Older
newest = Back to the newest
no-script-hint = This works without scripts too.
keys-title = Keys
keys-search = search
keys-move = move
keys-open = open
keys-new-tab = open in a new tab
keys-off = Keys can be switched off in My settings.
unsaved = There is text here that is not saved yet.
form-wrong = { $count ->
    [one] One field needs another look
   *[other] { $count } fields need another look
}
new-count = { $count ->
    [one] 1 new
   *[other] { $count } new
}
command = Go to or do
command-hint = A page, a person, or what to do
command-new = New page
keys-list = Keys
keys-lead = They act by their place on the keyboard, in a Hebrew layout too, and never while you type.
keys-everywhere = Everywhere
keys-lists = In lists of suggestions
keys-close = Close what is open
keys-switch = Single keys can be switched off:
api-title = The API
api-lead = What programs can do here, with the same rights as their person. The table is made from the code.
api-parts = Parts of the API
api-parameters = Parameter
api-where = In
api-type = Type
api-meaning = Meaning
api-body = Body
