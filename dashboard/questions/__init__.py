"""The questions that pages ask, a module a page: typed functions around the answers of `.sql` files."""
