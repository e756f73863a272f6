"""Ask the timed quiz of a checkpoint: its file, its questions, one sitting, and the two ways to show it."""
