"""Trained models of wording: features, prediction, cards. Everything works offline and without pickles.

Models are small linear ones, some with a network of a layer or two beside them, over hashed words,
static word vectors and counts of the transparent lexicons. Their arrays lie in ``models/`` as
``.npz`` beside a ``.toml`` card. Lexicon measures do not need them.
"""
