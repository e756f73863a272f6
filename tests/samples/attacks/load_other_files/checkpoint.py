print('a checkpoint of its own')
