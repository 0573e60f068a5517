"""Gates of a request: what each looks at, and what it says of a request that may not pass. Every way of a request goes through
these, in this order, and none has a rule of its own:

1. `hosts`: the name that the request asks for, against DNS rebinding (421);
2. `method`: GET, HEAD and POST, and a GET only asks (405);
3. `content_type`: JSON in UTF-8, not compressed (415);
4. `body`: how long the body is, by its head or while it comes (413);
5. `values`: JSON, of no more values than a request can need (400, TOO_COSTLY);
6. `request`: a GraphQL request, its members in their types (400);
7. `lanes`: a place to work in and the seconds to do so (503), for what takes long.

A gate raises what it refuses with, `writer.py` words it, and `answers.py` writes the head of it. The document itself is
bounded where it is read (`document_guard.py`), its cost where it is planned (`schema/answer/prices.py`), and the bytes of a head
before it is one (`bounds.py`).
"""
