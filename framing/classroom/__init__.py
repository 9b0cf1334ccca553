"""Lessons: four activities in which students commit to a judgement before they see anybody else's.

Pure logic: what an activity asks and in which order (:mod:`activities`, :mod:`settings`), texts
without their names (:mod:`blinding`), what may be seen when (:mod:`session`), agreement, the
comparison of the class with the tool, results and handouts. The dashboard draws it.
"""
