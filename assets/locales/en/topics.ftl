# Topics: their list, their homes, their form.
topics = Topics
topics-lead = Products, competitors, accounts: everything about each in one place.
topics-empty-title = No topic yet
topics-empty-text = A topic gathers pages, reports and people. The first one begins with a name.
topics-product = Products
topics-competitor = Competitors
topics-account = Accounts
topics-partner = Partners
topics-segment = Segments
topics-region = Regions
topic-product = Product
topic-competitor = Competitor
topic-account = Account
topic-partner = Partner
topic-segment = Segment
topic-region = Region
topic-new = New topic
topic-also = Also called
topic-empty-title = No page about it yet
topic-empty-text = Pages with this topic will stand here.
topic-intel = Latest intel
topic-no-intel = No report about it that you may read.
topic-people = Who knows
topic-owns = { $count ->
    [one] owns 1 page
   *[other] owns { $count } pages
}
topic-edit-title = Edit { $name }
topic-form-lead = Every name counts in search, and when topics are recognised in a text.
topic-kind = Type
topic-name = Name
topic-name-he = Name in Hebrew
topic-aliases = Other names
topic-aliases-hint = One a line, in both scripts: abbreviations, old names, common spellings.
topic-external = Ids in other systems
topic-external-hint = One a line, such as: crm = 0015g00000Xy
topic-addresses = Where ids lead
topic-addresses-label = Address pattern of each system
topic-addresses-hint = One a line, with {"{id}"} where the id goes: crm = https://crm.example/accounts/{"{id}"}
topic-addresses-saved = The address patterns are saved.
topic-added = The topic is there.
topic-changed = Saved. Search follows within moments.
topic-merge = Merge into another topic
topic-merge-text = The other topic gets these names, reports and watchers; this address leads there. It can't be undone.
topic-merge-into = Becomes part of
topic-merge-do = Merge
topic-merged = Merged: this topic now has both names.
topics-suggested = Named in the text
topics-suggested-text = Not among the page’s topics yet.
topics-suggested-add = Add
topics-suggested-summary = Topic added: { $name }
topics-suggested-published = The topic is added.
topics-suggested-waiting = The topic is added to a change that waits for a publisher.
error-pairs = Write “name = value”, one a line. This line is not: { $line }
error-pattern = An address begins with https:// and holds {"{id}"}. This one does not: { $line }
error-topic-taken = “{ $name }” already is a name of { $topic }. One name means one thing.
error-topic-itself = A topic can’t become part of itself. Choose another one.
error-unknown-topic-plain = There is no such topic. Choose one of the list.
