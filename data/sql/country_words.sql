-- Lists the words that a country may be written as, each with its code of two letters.
CREATE OR REPLACE TEMP TABLE country_words AS
SELECT unnest($words) AS word, unnest($codes) AS alpha2
