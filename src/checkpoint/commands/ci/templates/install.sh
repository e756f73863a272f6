cat >build.txt <<'END'
<<build>>
END
cat >constraints.txt <<'END'
<<pins>>
END
# --constraint does not reach what pip builds with; the first variable does up to pip 25.3, the second from 25.3 on.
PIP_CONSTRAINT=build.txt PIP_BUILD_CONSTRAINT=build.txt \
  python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir wheel "$CHECKPOINT"
python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt wheel/*.whl
# What the course's apps need besides Flask.
if [ -f "$CHECKPOINT_FOLDER/requirements.txt" ]; then
  python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
    --requirement "$CHECKPOINT_FOLDER/requirements.txt"
fi
