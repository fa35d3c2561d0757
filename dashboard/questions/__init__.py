"""The questions that pages ask, a module a page; each function is named after its `.sql` file or says whose answer it shapes."""
