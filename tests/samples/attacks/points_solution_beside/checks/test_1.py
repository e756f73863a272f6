def test_page_loads(): pass
