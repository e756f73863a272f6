cat >constraints.txt <<'END'
<<pins>>
END
python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt "$CHECKPOINT"
# What the course's apps need besides Flask.
if [ -f "$CHECKPOINT_FOLDER/requirements.txt" ]; then
  python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
    --requirement "$CHECKPOINT_FOLDER/requirements.txt"
fi
