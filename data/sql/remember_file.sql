-- Keeps that a file was loaded into a table, with what became of its rows.
INSERT INTO files (file_id, content_hash, path, table_name, rows_read, rows_taken, rows_known, rows_rejected,
                   is_synthetic, loaded_at)
VALUES ($file_id, $content_hash, $path, $table_name, $rows_read, $rows_taken, $rows_known, $rows_rejected,
        $is_synthetic, $loaded_at)
