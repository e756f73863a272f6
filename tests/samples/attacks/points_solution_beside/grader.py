from checkpoint import Checkpoint
checkpoint = Checkpoint(id='x', title='x', pass_percent=0)
