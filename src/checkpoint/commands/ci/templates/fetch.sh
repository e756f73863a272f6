git init --quiet course
git -C course fetch --quiet --depth 1 "$COURSE_URL" "$COURSE_COMMIT"
git -C course checkout --quiet FETCH_HEAD
