"""Released models of S2AND over one data set: PYTHON s2and_run.py FOLDER RUN…, by the interpreter of an environment that has
`s2and` and `s2and-rust`, never by Byline's own. A RUN is MODEL:COUNTS, the name of a model in the package or `newest`, and what
it is told of how common names are: `none`, `counted`, or `raised`.

Reads from FOLDER signatures.json and papers.json, in S2AND's own form but for the block of a signature, scored.json, a list of
the signatures that count, and names.json, how often each printed name occurs. Writes clusters.json: for each run the number of
the cluster of each signature in the blocks that hold a scored one and another. Blocks know nothing of each other.

`Clusterer.predict` wants embeddings and Semantic Scholar's table of name counts before it uses the quick features. Neither is in
the package: the features are made from the data set directly, embeddings are missing, and names are counted in names.json.
"""

import json
import resource
import sys
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path

from s2and import data, feature_port, production_model, text

RELEASED = Path(production_model.DEFAULT_PRODUCTION_MODEL_DIR)
# The greatest count of a first name that model 1.21 was made with, by its own file: ours are multiplied to reach it.
COMMONEST = 518_209
# The same few names are normalised again for each author of a large team.
normalised = data.normalize_text = lru_cache(1 << 20)(text.normalize_text)


def loaded(file: Path):
    return json.loads(file.read_text(encoding="utf-8"))


def name_counts(names: dict[str, int], kind: str) -> dict[str, dict[str, int]]:
    """The four tables of counts that ANDData takes, as counted or raised to the scale of Semantic Scholar's."""
    first, last, both, initial = Counter(), Counter(), Counter(), Counter()
    for name, count in names.items():
        parts = normalised(name.replace("-", "")).split()
        if len(parts) > 1:
            last[parts[-1]] += count
            initial[f"{parts[-1]} {parts[0][0]}"] += count
            if len(parts[0]) > 1:
                first[parts[0]] += count
                both[f"{parts[0]} {parts[-1]}"] += count
    scale = COMMONEST / max(first.values()) if kind == "raised" else 1
    tables = {"first_dict": first, "last_dict": last, "first_last_dict": both, "last_first_initial_dict": initial}
    return {key: {name: round(count * scale) for name, count in counts.items()} for key, counts in tables.items()}


def blocks_of(signatures: dict, scored: set[str]) -> dict[str, list[str]]:
    """Signatures by first initial and last word, where a block has a scored one and another."""
    blocks = defaultdict(list)
    for key, signature in signatures.items():
        author = signature["author_info"]
        name = " ".join(author[part] for part in ("first", "middle", "last") if author[part])
        author["block"] = text.compute_block(normalised(name))
        blocks[author["block"]].append(key)
    return {name: keys for name, keys in blocks.items() if len(keys) > 1 and not scored.isdisjoint(keys)}


def clusters(model: str, blocks: dict[str, list[str]], features: object) -> dict[str, int]:
    clusterer = production_model.load_production_model(RELEASED if model == "newest" else RELEASED.parent / model)
    clusterer.n_jobs = 1
    # All blocks in one call: asked block by block it numbers all signatures anew for each.
    distances = clusterer.make_distance_matrices_from_rust_featurizer(blocks, features)
    keys_of, _ = clusterer.predict_from_rust_featurizer(blocks, features, dists=distances)
    return {key: number for number, keys in enumerate(keys_of.values()) for key in keys}


def features(folder: Path, blocks: dict[str, list[str]], signatures: dict, counts: str) -> object:
    dataset = data.ANDData(
        signatures={key: signatures[key] for keys in blocks.values() for key in keys},
        papers=loaded(folder / "papers.json"),
        name=f"bench-{counts}",
        mode="inference",
        load_name_counts=False if counts == "none" else name_counts(loaded(folder / "names.json"), counts),
        n_jobs=1,
    )
    return feature_port.build_rust_featurizer(dataset)[0]


def main(folder: Path, runs: list[str]) -> None:
    text.set_fasttext_loading_enabled(False)
    signatures = loaded(folder / "signatures.json")
    blocks = blocks_of(signatures, set(loaded(folder / "scored.json")))
    models_of = defaultdict(list)
    for run in runs:
        model, counts = run.rsplit(":", 1)
        models_of[counts].append(model)
    clusters_of = {}
    for counts, models in models_of.items():
        featurizer = features(folder, blocks, signatures, counts)
        clusters_of |= {f"{model}:{counts}": clusters(model, blocks, featurizer) for model in models}
    (folder / "clusters.json").write_text(json.dumps(clusters_of), encoding="utf-8")
    used = resource.getrusage(resource.RUSAGE_SELF)
    pairs = sum(len(keys) * (len(keys) - 1) // 2 for keys in blocks.values())
    print(json.dumps({"blocks": len(blocks), "pairs": pairs, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
