blame = Who wrote what
blame-current = What readers get
blame-older = Revision { $number } or older
blame-older-note = The history was looked at back to revision { $number }: lines without a name are of that revision or older.
blame-before = The text before this
blame-before-of = The text before this: before { $name }, with the origin of its lines
blame-empty = This text has no lines.
