"""One script a page: it asks the views for rows and draws them."""
