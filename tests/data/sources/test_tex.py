"""TeX as text: accents, formulas, fonts, and what only looks like TeX."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.data.sources.read.tex import plain, unescaped


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("No TeX in 100% of it ~ at all", "No TeX in 100% of it ~ at all"),
        (r"Schr\"odinger and Erd\H{o}s--R\'enyi", "Schrödinger and Erdős--Rényi"),
        (r"na\"{\i}ve \'\i x, {\'E}cole, Fran{\c c}ois", "naïve íx, École, François"),
        (r"R. Bl\" umel, T\H okési", "R. Blümel, Tőkési"),
        (r"\o re \O stergaard", "øre Østergaard"),
        ("H$_2$O, $10^{-3}$, (Mn$_{1-x}$Ni$_x$)$_{65}$", "H₂O, 10⁻³, (Mn₁₋ₓNiₓ)₆₅"),
        (r"$^4\mbox{He}$ and $^{4}$He", "⁴He and ⁴He"),
        (r"\Phi_{h} in $\mathbb{R}^n$", "Φₕ in ℝⁿ"),
        (r"A {\it word} in \textbf{bold}", "A word in bold"),
        (r"$\alpha$-RuCl$_3$ at 360{\deg}", "α-RuCl₃ at 360°"),
        (r"99\% of 50% $x$", "99% of 50% x"),
        ("It cost $5 only", "It cost $5 only"),
        (r"Measuring~~$|V_{ub}|$", "Measuring  |V_ub|"),
        (r"Rzą\zewski and Pawe\lZiń", "Rzązewski and PawelZiń"),
        (r"Line\\break", "Line break"),
        (r"Espa\~na, 10~GHz, {\~A}o, ~5 {GeV}", "España, 10 GHz, Ão, ~5 GeV"),
        (r"\enquote{ice} in CO\textsubscript{2}, 20\textsuperscript{th}", "“ice” in CO₂, 20th"),
        (r"Roe\thanks{on leave}, \$3 or {\$}4 {\textless}b{\textgreater}", "Roe, $3 or $4 <b>"),
        (r"$\tilde{O}(n^{1+o(1)})$, $\widetilde O(n \log n)$, $x^{2^{n}}$", "Õ(n^{1+o(1)}), Õ(n log n), x^{2ⁿ}"),
        (r"$\{0,1\}^n$, 90$^\circ$, $K_{3,3}$", "{0,1}ⁿ, 90°, K_{3,3}"),
        (r"{\noopsort{1950a}}1951, \unknown{kept}, ``said''", "1951, kept, “said”"),
        (r"\L{}ski, \O rsted, Micha\l Nowak, Nguy{\~{\^e}}n", "Łski, Ørsted, Michał Nowak, Nguyễn"),
        ("It cost $5 million to $10 million", "It cost $5 million to $10 million"),
        ("an open $ and {", "an open  and "),
    ],
)
def test_read_as(text: str, read: str) -> None:
    assert plain(text).split() == read.split()


@pytest.mark.parametrize(
    "text",
    ["{" * 5000, "{" * 150 + "a" + "}" * 150, "$a" * 9000, r"\frac{1}" * 500, r"\sqrt" * 900, r"\begin{a}" * 400, '\\"' * 900],
)
def test_what_nobody_would_write(text: str, caplog: pytest.LogCaptureFixture) -> None:
    assert not set("\\$") & set(plain(text))
    assert caplog.records == []


@given(st.text(alphabet=st.sampled_from(list("ab\\{}$^_%~\"'c x")), max_size=30))
def test_anything_is_read_without_an_error(text: str) -> None:
    assert "\\" not in plain(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("10.5555/a_1<2>", "10.5555/a_1<2>"),
        (r"10.5555/a\_1{\_}2\%\#\&", "10.5555/a_1_2%#&"),
        (r"{10.5555/x_1}", "10.5555/x_1"),
        (r"10.5555/8$<$6::A$>$3{\textless}b{\textgreater}", "10.5555/8<6::A>3<b>"),
        (r"http://a.example/\~{}roe\-x", "http://a.example/~roex"),
    ],
)
def test_identifiers_keep_their_signs(text: str, read: str) -> None:
    assert unescaped(text) == read
