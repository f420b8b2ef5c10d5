-- How to reach a person, what to ask them, and the hash of their photo.
ALTER TABLE people ADD COLUMN phone TEXT;
ALTER TABLE people ADD COLUMN expertise TEXT;
ALTER TABLE people ADD COLUMN photo TEXT;
