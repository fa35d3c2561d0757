-- Which lines of the CSV just read could not be split into its columns, and what is wrong with each?
SELECT line_byte_position, min_by(error_message, byte_position)
FROM csv_errors
GROUP BY line_byte_position
ORDER BY line_byte_position
