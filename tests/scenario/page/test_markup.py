"""Markup that is escaped by construction."""

from cloudsim.scenario.page.markup import Markup, breakable, element, join


def test_texts_are_escaped_and_markup_is_not() -> None:
    inner = element("b", "<&>")
    assert element("p", "a < b ", inner, class_="x") == '<p class="x">a &lt; b <b>&lt;&amp;&gt;</b></p>'


def test_attributes_cannot_be_left() -> None:
    assert element("p", title="\"'><") == '<p title="&quot;&#x27;&gt;&lt;"></p>'


def test_attributes_that_are_on_off_or_empty() -> None:
    assert (
        element("button", hidden=True, disabled=False, class_="", data_step=3)
        == '<button hidden data-step="3"></button>'
    )


def test_iterables_are_joined() -> None:
    assert join(["a", element("i", "b")], (text for text in "<")) == "a<i>b</i>&lt;"
    assert isinstance(join(), Markup)


def test_a_long_name_breaks_after_its_joints() -> None:
    assert breakable("CLAIM_<TOKEN>") == "CLAIM_<wbr>&lt;TOKEN&gt;"
