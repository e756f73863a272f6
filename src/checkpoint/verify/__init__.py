"""Prove a checkpoint: that its checks accept what is right and notice what is wrong."""
