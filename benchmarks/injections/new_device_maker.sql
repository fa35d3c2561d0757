-- From a day on one account in twelve has a phone of a maker that nobody had before.
UPDATE watched SET device_maker = 'Unseen'
WHERE occurred_at >= $since AND md5_number_lower(account_id) % 12 = 0
