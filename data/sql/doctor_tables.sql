-- Which of the tables that training and scoring make are there, and how many rows do they hold?
SELECT table_name, estimated_size
FROM duckdb_tables()
WHERE schema_name = 'main' AND table_name IN ('model_versions', 'scored')
