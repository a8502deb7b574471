from __future__ import annotations

import conceptgraph as cg
from conceptgraph.export.pyvis_map import concept_map, to_pyvis
from conceptgraph.part import part_of, strongest_part
from tests.conftest import ARTICLES


def test_the_map_of_a_part_is_drawn() -> None:
    g = cg.build(ARTICLES)
    part = strongest_part(g.records, articles=2, concepts=60)
    assert (len(part.articles), len(part.concepts)) == (2, 60)
    assert len(to_pyvis(part).nodes) == 62
    assert "</html>" in concept_map(part)  # some of its concepts are in none of its articles
    assert {row.concept for row in part.article_concepts} < {concept.id for concept in part.concepts}


def test_a_part_of_columns_is_a_part_of_tuples() -> None:
    g = cg.build(ARTICLES)
    of = g.records
    plain = cg.ConceptGraph(
        type(of)(
            build=of.build,
            articles=tuple(of.articles),
            concepts=of.concepts,
            mentions=tuple(of.mentions),
            article_concepts=tuple(of.article_concepts),
            relations=tuple(of.relations),
        )
    )
    articles = [article.id for article in of.articles][::2]
    concepts = [concept.id for concept in of.concepts][::3]
    assert part_of(of, articles, concepts) == part_of(plain.records, articles, concepts)
    assert strongest_part(of, articles=3, concepts=50) == strongest_part(plain.records, articles=3, concepts=50)
