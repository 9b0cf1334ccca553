"""The classroom: a teacher's screens, students' screens, and what both are shown."""
