"""Branches of the benchmark are branches: what is made in one is in no other."""

from cloudsim.lab.engine.branches import branch_ratios, created, grown, pages, reads


def test_what_is_created_in_a_branch_is_what_would_have_been_created_without_it() -> None:
    (plain, ids), (frozen, others) = grown(230), grown(230)
    assert ids == others
    present = frozen.freeze()
    one, another = present.branch(), present.branch()
    expected = created(plain, 5)
    assert created(one, 5) == created(another, 5) == expected
    assert len(one.interfaces(account="acme", region="cn-hangzhou")) == 235
    assert len(frozen.interfaces(account="acme", region="cn-hangzhou")) == 230
    assert reads(one, ids)()
    assert pages(one)()


def test_every_number_of_branches_is_there() -> None:
    found = list(branch_ratios(1, enis=200, branches=3))
    assert [one.goal for one in found] == [None, 100_000, 1, 1.5, 1.5, None, None, None]
    assert all(one.value for one in found)
