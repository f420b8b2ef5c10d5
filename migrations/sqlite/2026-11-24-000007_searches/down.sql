DROP TABLE gap_askers;
DROP TABLE gaps;
DROP TABLE search_months;
DROP TABLE searches;
