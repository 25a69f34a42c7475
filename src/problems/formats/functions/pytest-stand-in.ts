/**
 * What published tests use of pytest most, as source of their own: pytest itself is not there when a program is tested,
 * only its way of finding test functions is. Other marks, fixtures and plug-ins are not covered: tests that name them are
 * left as they are, and a parameter that only a fixture could fill stays for whoever runs the tests to refuse.
 */

const importLine = /^import pytest[ \t]*$/gm
const anyImport = /^[ \t]*(?:import|from)\b.*\bpytest\b/gm
const served = new Set(['raises', 'approx', 'param', 'mark.parametrize', 'fail', 'main'])

/** Semantics of _pytest/raises.py, approx.py and mark/structures.py, without numpy, dates and messages. */
const standIn = `class pytest:
    import collections.abc as _abc
    import decimal as _decimal
    import functools as _functools
    import inspect as _inspect
    import itertools as _itertools
    import numbers as _numbers
    import re as _re

    class _Failed(BaseException):
        """No "except Exception" of a test sees it."""

    @staticmethod
    def fail(reason='', pytrace=True):
        raise pytest._Failed(reason)

    @staticmethod
    def main(*args, **named):
        """The test functions are found and run without it."""

    @staticmethod
    def raises(expected_exception=None, *call, **named):
        if not call:
            return pytest._Raises(expected_exception, **named)
        with pytest._Raises(expected_exception) as caught:
            call[0](*call[1:], **named)
        return caught

    class _Raises:
        def __init__(self, expected=None, *, match=None, check=None):
            self.expected = expected if isinstance(expected, tuple) else () if expected is None else (expected,)
            self.match, self.check = match, check
            if not self.expected and match is None and check is None:
                raise ValueError('pytest.raises: nothing is expected')
            if not all(isinstance(kind, type) and issubclass(kind, BaseException) for kind in self.expected):
                raise TypeError('pytest.raises: %r is not an exception type' % (expected,))

        def __enter__(self):
            self.caught = pytest._Caught()
            return self.caught

        def __exit__(self, kind, value, traceback):
            if kind is None:
                pytest.fail('nothing was raised')
            if not issubclass(kind, self.expected or BaseException):
                return False
            self.caught.type, self.caught.value, self.caught.tb = kind, value, traceback
            if self.match is not None:
                self.caught.match(self.match)
            assert self.check is None or self.check(value), 'check did not hold for %r' % value
            return True

    class _Caught:
        @property
        def typename(self):
            return self.type.__name__

        def match(self, regexp):
            text = '\\n'.join([str(self.value), *getattr(self.value, '__notes__', [])])
            assert pytest._re.search(regexp, text), 'another message: %s' % text
            return True

        def __repr__(self):
            return '<ExceptionInfo %r tblen=1>' % self.value

    class approx:
        __hash__ = None

        def __init__(self, expected, rel=None, abs=None, nan_ok=False):
            self.expected, self.rel, self.abs, self.nan_ok = expected, rel, abs, nan_ok
            items = expected.values() if self._is_mapping() else expected if self._is_sequence() else ()
            if any(isinstance(item, type(expected)) for item in items):
                raise TypeError('pytest.approx: %r is nested' % (expected,))
            if isinstance(expected, pytest._abc.Set):
                raise TypeError('pytest.approx: %r has no order' % (expected,))

        def _is_mapping(self):
            return isinstance(self.expected, pytest._abc.Mapping)

        def _is_sequence(self):
            is_sized = hasattr(self.expected, '__getitem__') and hasattr(self.expected, '__len__')
            return is_sized and not isinstance(self.expected, (str, bytes))

        def __eq__(self, out):
            exp = self.expected
            if self._is_mapping():
                same = hasattr(out, 'keys') and set(out.keys()) == set(exp.keys())
                return same and all(self._near(out[key], exp[key]) for key in exp)
            if self._is_sequence():
                return hasattr(out, '__len__') and len(out) == len(exp) and all(map(self._near, out, exp))
            return self._near(out, exp)

        def _near(self, out, exp):
            if isinstance(exp, bool):
                return isinstance(out, bool) and out == exp
            if out == exp:
                return True
            numbers = (pytest._numbers.Complex, pytest._decimal.Decimal)
            if not isinstance(exp, numbers) or not isinstance(out, numbers):
                return False
            size = abs(exp)
            if size != size:
                return self.nan_ok and abs(out) != abs(out)
            return size != float('inf') and abs(exp - out) <= self._tolerance(size)

        def _tolerance(self, size):
            absolute = 1e-12 if self.abs is None else self.abs
            relative = (1e-6 if self.abs is None else 0) if self.rel is None else self.rel
            if isinstance(size, pytest._decimal.Decimal):
                absolute, relative = map(pytest._decimal.Decimal, (absolute, relative))
            if not absolute >= 0 or not relative >= 0:
                raise ValueError('pytest.approx: a tolerance is not a number from 0')
            return max(absolute, relative * size)

        def __bool__(self):
            raise AssertionError('pytest.approx: it is compared with ==')

        def __repr__(self):
            return 'approx(%r)' % (self.expected,)

    class param(tuple):
        def __new__(cls, *values, id=None, marks=()):
            return super().__new__(cls, values)

    class mark:
        @staticmethod
        def parametrize(argnames, argvalues, indirect=False, ids=None, scope=None):
            is_text = isinstance(argnames, str)
            names = [name.strip() for name in argnames.split(',') if name.strip()] if is_text else list(argnames)
            is_bare = is_text and ',' not in argnames
            rows = [(row,) if is_bare and not isinstance(row, pytest.param) else row for row in argvalues]
            for row in rows:
                if len(row) != len(names):
                    raise ValueError('parametrize: %r has not the values of %s' % (row, ', '.join(names)))

            def mark(marked):
                tests = vars(marked).items() if isinstance(marked, type) else [('test', marked)]
                for name, test in tests:
                    if name.startswith('test'):
                        test._cases = [[dict(zip(names, row)) for row in rows], *getattr(test, '_cases', [])]
                return marked

            return mark

    @staticmethod
    def _collect(space):
        """Puts a test for each case, of stacked marks for each combination, in the place of what is parametrized."""
        owners = [(space, space.__setitem__, space.__delitem__)]
        for kind in list(space.values()):
            if type(kind) is type:
                put, drop = (pytest._functools.partial(change, kind) for change in (setattr, delattr))
                owners.append((vars(kind), put, drop))
        for own, put, drop in owners:
            for name, test in list(own.items()):
                if pytest._inspect.isfunction(test) and '_cases' in vars(test) and pytest._is_plain(test):
                    drop(name)
                    for number, parts in enumerate(pytest._itertools.product(*test._cases)):
                        put('%s[%d]' % (name, number), pytest._case(test, parts))

    @staticmethod
    def _is_plain(test):
        return not (pytest._inspect.iscoroutinefunction(test) or pytest._inspect.isgeneratorfunction(test))

    @staticmethod
    def _case(test, parts):
        values = {name: value for part in parts for name, value in part.items()}

        def run(*own, **rest):
            return test(*own, **rest, **values)

        # What is left is for fixtures: it shows in the signature.
        parameters = pytest._inspect.signature(test).parameters.values()
        run.__signature__ = pytest._inspect.Signature([one for one in parameters if one.name not in values])
        return run
`

const collect = '\n\npytest._collect(globals())\n'

/** Test code that no longer imports pytest, where a stand-in serves all that it uses of it; else the code as it is. */
export function withoutPytest(test: string): string {
  const imports = test.match(importLine)?.length ?? 0
  const used = [...test.matchAll(/\bpytest((?:\.\w+)+)/g)].map(([, name = '']) => name.slice(1))
  const isServed = used.every((name) => served.has(name)) && !/\bpytestmark\b/.test(test)
  if (imports === 0 || imports !== test.match(anyImport)?.length || !isServed) return test
  let source = used.length === 0 ? '' : standIn
  const code = test.replace(importLine, () => {
    const here = source
    source = ''
    return here
  })
  return used.includes('mark.parametrize') ? code + collect : code
}
