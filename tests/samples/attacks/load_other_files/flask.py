print('a flask of its own')
