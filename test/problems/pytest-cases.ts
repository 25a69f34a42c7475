/** Tests as they are published, and what pytest says of them: how many of the collected ones fail, by its documentation. */
export interface PytestCase {
  readonly what: string
  /** Stands behind `import pytest`. */
  readonly code: string
  readonly tests: number
  readonly failed: number
}

/** One test function whose lines are given; it passes. */
const passes = (what: string, ...lines: string[]): PytestCase => ({ what, code: inTest(lines), tests: 1, failed: 0 })
const fails = (what: string, ...lines: string[]): PytestCase => ({ what, code: inTest(lines), tests: 1, failed: 1 })
const inTest = (lines: readonly string[]) => `def test_it():\n${lines.map((line) => `    ${line}\n`).join('')}`

const boom = ['def boom(*args, **named):', '    raise ValueError(f"bad {args} {named}")']

const raises: readonly PytestCase[] = [
  passes('raises: the type', 'with pytest.raises(ValueError):', '    int("x")'),
  passes('raises: a subclass', 'with pytest.raises(LookupError):', '    {}[1]'),
  passes('raises: one of several types', 'with pytest.raises((KeyError, ValueError)):', '    int("x")'),
  fails('raises: none of several types', 'with pytest.raises((KeyError, TypeError)):', '    int("x")'),
  fails('raises: another type goes on', 'with pytest.raises(KeyError):', '    int("x")'),
  fails('raises: nothing', 'with pytest.raises(ValueError):', '    int("1")'),
  fails(
    'raises: nothing, which an except around it does not hide',
    'try:',
    '    with pytest.raises(Exception):',
    '        int("1")',
    'except Exception:',
    '    pass',
  ),
  passes('raises: match is searched', 'with pytest.raises(ValueError, match=r"inv\\w+ literal"):', '    int("x")'),
  passes(
    'raises: match sees the quotes of a KeyError',
    'with pytest.raises(KeyError, match="^\'a\'$"):',
    '    {}["a"]',
  ),
  passes(
    'raises: match may be compiled',
    'import re',
    'with pytest.raises(ValueError, match=re.compile("INVALID", re.I)):',
    '    int("x")',
  ),
  fails('raises: another message', 'with pytest.raises(ValueError, match="^literal"):', '    int("x")'),
  passes(
    'raises: match sees notes',
    'with pytest.raises(ValueError, match="later"):',
    '    error = ValueError("now")',
    '    error.add_note("later")',
    '    raise error',
  ),
  passes('raises: match alone', 'with pytest.raises(match="invalid"):', '    int("x")'),
  passes('raises: check', 'with pytest.raises(ValueError, check=lambda e: e.args == (1,)):', '    raise ValueError(1)'),
  fails('raises: a check that fails', 'with pytest.raises(ValueError, check=lambda e: False):', '    raise ValueError'),
  passes(
    'raises: what was caught',
    'with pytest.raises(LookupError) as info:',
    '    raise KeyError("key", 3)',
    'assert info.type is KeyError and isinstance(info.value, KeyError)',
    'assert info.value.args == ("key", 3) and info.typename == "KeyError"',
    'assert str(info.value) == "(\'key\', 3)" and "KeyError(\'key\', 3)" in str(info)',
    'assert info.match("key") and info.tb is not None',
  ),
  fails(
    'raises: a message of what was caught that is another',
    'with pytest.raises(ValueError) as info:',
    '    int("x")',
    'info.match("nothing of the kind")',
  ),
  passes('raises: by the name of its parameter', 'with pytest.raises(expected_exception=ValueError):', '    int("x")'),
  passes(
    'raises: a call with its arguments',
    ...boom,
    'info = pytest.raises(ValueError, boom, 1, b=2)',
    'assert str(info.value) == "bad (1,) {\'b\': 2}"',
  ),
  passes(
    'raises: a call is given match like any argument',
    ...boom,
    'assert "match" in str(pytest.raises(ValueError, boom, match="x").value)',
  ),
  fails('raises: a call that raises nothing', 'pytest.raises(ValueError, int, "1")'),
  fails('raises: what is no type', 'with pytest.raises("ValueError"):', '    int("x")'),
  fails('raises: nothing expected', 'with pytest.raises(None):', '    int("x")'),
]

const holds = (text: string) => passes(`approx: ${text}`, `assert ${text}`)
const refuses = (text: string) => fails(`approx: ${text} is an error`, `assert ${text}`)
const [nan, inf] = ["float('nan')", "float('inf')"]

const approx: readonly PytestCase[] = [
  holds('0.1 + 0.2 == pytest.approx(0.3)'),
  holds('pytest.approx(0.3) == 0.1 + 0.2'),
  holds('not (0.1 + 0.2 != pytest.approx(0.3))'),
  holds('1.0001 != pytest.approx(1) and pytest.approx(1) != 1.0001'),
  holds('1.0001 == pytest.approx(1, rel=1e-3) and 1.0001 == pytest.approx(1, abs=1e-3)'),
  holds('1e-13 == pytest.approx(0) and 1e-11 != pytest.approx(0)'),
  holds('1000.0009 == pytest.approx(1000) and 1000.0009 != pytest.approx(1000, abs=1e-6)'),
  holds('1000.0009 == pytest.approx(1000, rel=1e-6, abs=1e-9) and 5 == pytest.approx(0, rel=1e-3, abs=5)'),
  holds('1 + 1e-9j == pytest.approx(1) and 1 + 1j != pytest.approx(1)'),
  holds(`${nan} != pytest.approx(${nan}) and ${nan} == pytest.approx(${nan}, nan_ok=True)`),
  holds(`1.0 != pytest.approx(${nan}, nan_ok=True) and ${nan} != pytest.approx(1.0, nan_ok=True)`),
  holds(`[1.0, ${nan}] == pytest.approx([1.0, ${nan}], nan_ok=True)`),
  holds(`${inf} == pytest.approx(${inf}) and 1e308 != pytest.approx(${inf}) and ${inf} != pytest.approx(-${inf})`),
  holds(`${inf} != pytest.approx(1e308) and ${inf} != pytest.approx(1.0, rel=1e9)`),
  holds('[0.1 + 0.2, 1] == pytest.approx([0.3, 1]) and pytest.approx([0.3]) == [0.1 + 0.2]'),
  holds('[0.3, 1] != pytest.approx([0.3]) and 0.3 != pytest.approx([0.3]) and [0.3] != pytest.approx(0.3)'),
  holds('(0.1 + 0.2,) == pytest.approx([0.3]) and [0.1 + 0.2] == pytest.approx((0.3,))'),
  holds('{"a": 0.1 + 0.2} == pytest.approx({"a": 0.3}) and pytest.approx({"a": 0.3}) == {"a": 0.1 + 0.2}'),
  holds('{"b": 0.3} != pytest.approx({"a": 0.3}) and [0.3] != pytest.approx({"a": 0.3})'),
  holds('{"a": 0.3, "b": 1} != pytest.approx({"a": 0.3})'),
  holds('[None, "x", 1.0] == pytest.approx([None, "x", 1.0]) and [None] != pytest.approx([0.0])'),
  holds('["x"] != pytest.approx(["y"]) and "x" == pytest.approx("x") and None != pytest.approx(0)'),
  holds('[{"a": pytest.approx(0.3)}, [pytest.approx(1)]] == [{"a": 0.1 + 0.2}, [1.0]]'),
  holds('1 != pytest.approx(True) and True == pytest.approx(True) and True == pytest.approx(1)'),
  passes(
    'approx: Decimal and Fraction',
    'from decimal import Decimal',
    'from fractions import Fraction',
    'assert Decimal("1.0000001") == pytest.approx(Decimal("1")) and Decimal("1.1") != pytest.approx(Decimal("1"))',
    'assert Decimal("1.05") == pytest.approx(Decimal("1"), abs=0.1)',
    'assert Fraction(1, 3) == pytest.approx(1 / 3) and 0.333333333333 == pytest.approx(Fraction(1, 3))',
  ),
  refuses('[[1.0]] == pytest.approx([[1.0]])'),
  refuses('{"a": {"b": 1}} == pytest.approx({"a": {"b": 1}})'),
  refuses('{1.0} == pytest.approx({1.0})'),
  refuses('pytest.approx(1)'),
  refuses('1.5 == pytest.approx(1, abs=-1)'),
]

const marked = (what: string, tests: number, failed: number, ...lines: string[]): PytestCase => ({
  what: `parametrize: ${what}`,
  code: lines.join('\n'),
  tests,
  failed,
})

const parametrize: readonly PytestCase[] = [
  marked('one name', 3, 1, '@pytest.mark.parametrize("n", [1, 2, 3])', 'def test_it(n):', '    assert n < 3'),
  marked(
    'a tuple for one name is its value',
    2,
    0,
    '@pytest.mark.parametrize("pair", [(1, 2), (3, 4)])',
    'def test_it(pair):',
    '    assert len(pair) == 2',
  ),
  marked(
    'several names in a text',
    2,
    1,
    '@pytest.mark.parametrize("a, b", [(1, 1), (1, 2)])',
    'def test_it(a, b):',
    '    assert a == b',
  ),
  marked(
    'a comma at the end asks for tuples',
    2,
    0,
    '@pytest.mark.parametrize("a,", [(1,), (2,)])',
    'def test_it(a):',
    '    assert a in (1, 2)',
  ),
  marked(
    'names and values in lists and tuples',
    2,
    0,
    '@pytest.mark.parametrize(["a", "b"], ([1, 1], [2, 2]))',
    'def test_it(a, b):',
    '    assert a == b',
  ),
  marked(
    'a list of one name asks for tuples',
    2,
    0,
    '@pytest.mark.parametrize(("a",), [(1,), [2]])',
    'def test_it(a):',
    '    assert a in (1, 2)',
  ),
  marked(
    'stacked marks give each combination',
    6,
    1,
    '@pytest.mark.parametrize("a", [1, 2, 3])',
    '@pytest.mark.parametrize("b", [0, 3])',
    'def test_it(a, b):',
    '    assert (a, b) != (3, 3)',
  ),
  marked(
    'ids, by list and by function, and param',
    5,
    1,
    '@pytest.mark.parametrize("a", [1, 2], ids=["one", "two"])',
    'def test_it(a):',
    '    assert a',
    '@pytest.mark.parametrize("a, b", [pytest.param(1, 1, id="same"), (2, 2)], ids=str)',
    'def test_that(a, b):',
    '    assert a == b',
    '@pytest.mark.parametrize("a", [pytest.param((1, 2), id="pair")])',
    'def test_other(a):',
    '    assert a == 1',
  ),
  marked(
    'methods, each on an object of its own that was set up',
    7,
    1,
    'class TestIt:',
    '    def setup_method(self):',
    '        self.seen = []',
    '    @pytest.mark.parametrize("a", [1, 2])',
    '    @pytest.mark.parametrize("b", [1, 2, 3])',
    '    def test_it(self, a, b):',
    '        self.seen.append(a)',
    '        assert self.seen == [a] and a + b < 5',
    '    def test_plain(self):',
    '        assert self.seen == []',
  ),
  marked(
    'a class marks its methods',
    4,
    0,
    '@pytest.mark.parametrize("a", [1, 2])',
    'class TestIt:',
    '    def test_it(self, a):',
    '        assert a in (1, 2)',
    '    @pytest.mark.parametrize("b", [3])',
    '    def test_that(self, a, b):',
    '        assert a < b',
  ),
  marked(
    'inherited methods',
    2,
    1,
    'class Base:',
    '    @pytest.mark.parametrize("a", [1, 2])',
    '    def test_it(self, a):',
    '        assert a == self.wanted',
    'class TestIt(Base):',
    '    wanted = 2',
  ),
  marked(
    'a set-up for each case',
    2,
    0,
    'log = []',
    'def setup_function(function=None):',
    '    log.clear()',
    '@pytest.mark.parametrize("a", [1, 2])',
    'def test_it(a):',
    '    log.append(a)',
    '    assert log == [a]',
  ),
  marked(
    'what is expected may be a context',
    2,
    0,
    'from contextlib import nullcontext',
    '@pytest.mark.parametrize("a, expectation", [("1", nullcontext()), ("x", pytest.raises(ValueError))])',
    'def test_it(a, expectation):',
    '    with expectation:',
    '        int(a)',
  ),
  marked(
    'a default stays for what is not given',
    1,
    0,
    '@pytest.mark.parametrize("a", [1])',
    'def test_it(a, b=2):',
    '    assert (a, b) == (1, 2)',
  ),
  marked(
    'decorators around it',
    2,
    0,
    'import functools',
    'def twice(test):',
    '    @functools.wraps(test)',
    '    def run(*args, **named):',
    '        test(*args, **named)',
    '        test(*args, **named)',
    '    return run',
    '@twice',
    '@pytest.mark.parametrize("a", [1, 2])',
    'def test_it(a):',
    '    assert a',
  ),
]

const fail: readonly PytestCase[] = [
  fails('fail', 'pytest.fail("no")'),
  fails('fail: no except hides it', 'try:', '    pytest.fail(reason="no")', 'except Exception:', '    pass'),
  {
    what: 'main under the usual guard',
    code: 'import sys\ndef test_it():\n    assert 1\nif __name__ == "__main__":\n    sys.exit(pytest.main([__file__]))\n',
    tests: 1,
    failed: 0,
  },
]

export const pytestCases: readonly PytestCase[] = [...raises, ...approx, ...parametrize, ...fail]
