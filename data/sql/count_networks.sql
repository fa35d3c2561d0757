-- How many networks are described?
SELECT count(*) FROM networks
