"""Show a whole class on one page: `reading` takes the figures from a gradebook, `page` makes HTML of them."""
