"""The quarterly review: one definition of everything that page, PDF, HTML, CSV and Parquet show."""
