// Package assert has the assertions of github.com/stretchr/testify/assert that tests use most, with their meaning.
// Methods, the variants whose names end in f, and package require are made from these functions when the toolchain is
// prepared (packages.py).
package assert

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"time"
)

// TestingT is what an assertion needs of *testing.T.
type TestingT interface {
	Errorf(format string, args ...any)
}

// Assertions has the functions of this package as methods.
type Assertions struct{ t TestingT }

// New makes Assertions of a test.
func New(t TestingT) *Assertions { return &Assertions{t} }

// Fail reports a failure.
func Fail(t TestingT, failureMessage string, msgAndArgs ...any) bool {
	if message := messageOf(msgAndArgs); message != "" {
		failureMessage += " (" + message + ")"
	}
	t.Errorf("%s%s", place(), failureMessage)
	return false
}

// FailNow reports a failure and ends the test.
func FailNow(t TestingT, failureMessage string, msgAndArgs ...any) bool {
	Fail(t, failureMessage, msgAndArgs...)
	if stopper, ok := t.(interface{ FailNow() }); ok {
		stopper.FailNow()
	}
	return false
}

// place is where the test made the assertion.
func place() string {
	callers := make([]uintptr, 16)
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers)])
	for {
		frame, more := frames.Next()
		if !strings.HasPrefix(frame.Function, "github.com/stretchr/testify/") {
			return fmt.Sprintf("%s:%d: ", filepath.Base(frame.File), frame.Line)
		}
		if !more {
			return ""
		}
	}
}

func messageOf(msgAndArgs []any) string {
	if len(msgAndArgs) == 0 {
		return ""
	}
	format, ok := msgAndArgs[0].(string)
	if len(msgAndArgs) == 1 {
		if ok {
			return format
		}
		return fmt.Sprintf("%+v", msgAndArgs[0])
	}
	if !ok {
		return fmt.Sprint(msgAndArgs...)
	}
	return fmt.Sprintf(format, msgAndArgs[1:]...)
}

// check reports a failure unless held.
func check(t TestingT, held bool, msgAndArgs []any, format string, args ...any) bool {
	return held || Fail(t, fmt.Sprintf(format, args...), msgAndArgs...)
}

// Equal wants equal objects: bytes by content, everything else by reflect.DeepEqual.
func Equal(t TestingT, expected, actual any, msgAndArgs ...any) bool {
	if isFunc(expected) || isFunc(actual) {
		return Fail(t, "functions cannot be compared", msgAndArgs...)
	}
	return check(t, ObjectsAreEqual(expected, actual), msgAndArgs, "Not equal: expected %s, got %s", shown(expected), shown(actual))
}

// NotEqual wants objects that are not equal.
func NotEqual(t TestingT, expected, actual any, msgAndArgs ...any) bool {
	if isFunc(expected) || isFunc(actual) {
		return Fail(t, "functions cannot be compared", msgAndArgs...)
	}
	return check(t, !ObjectsAreEqual(expected, actual), msgAndArgs, "Should not be: %s", shown(actual))
}

// EqualValues wants objects that are equal, or would be once one is converted to the type of the other.
func EqualValues(t TestingT, expected, actual any, msgAndArgs ...any) bool {
	return check(t, ObjectsAreEqualValues(expected, actual), msgAndArgs, "Not equal: expected %s, got %s", shown(expected), shown(actual))
}

// NotEqualValues is the opposite of EqualValues.
func NotEqualValues(t TestingT, expected, actual any, msgAndArgs ...any) bool {
	return check(t, !ObjectsAreEqualValues(expected, actual), msgAndArgs, "Should not be: %s", shown(actual))
}

// Exactly wants equal objects of the same type.
func Exactly(t TestingT, expected, actual any, msgAndArgs ...any) bool {
	if reflect.TypeOf(expected) != reflect.TypeOf(actual) {
		return Fail(t, fmt.Sprintf("Types differ: expected %T, got %T", expected, actual), msgAndArgs...)
	}
	return Equal(t, expected, actual, msgAndArgs...)
}

// Same wants two pointers to one object.
func Same(t TestingT, expected, actual any, msgAndArgs ...any) bool {
	return check(t, same(expected, actual), msgAndArgs, "Not the same: expected %p, got %p", expected, actual)
}

// NotSame wants pointers to different objects.
func NotSame(t TestingT, expected, actual any, msgAndArgs ...any) bool {
	return check(t, !same(expected, actual), msgAndArgs, "Expected and actual point to the same object: %p", expected)
}

// True wants true.
func True(t TestingT, value bool, msgAndArgs ...any) bool {
	return check(t, value, msgAndArgs, "Should be true")
}

// False wants false.
func False(t TestingT, value bool, msgAndArgs ...any) bool {
	return check(t, !value, msgAndArgs, "Should be false")
}

// Nil wants nil.
func Nil(t TestingT, object any, msgAndArgs ...any) bool {
	return check(t, isNil(object), msgAndArgs, "Expected nil, but got: %s", shown(object))
}

// NotNil wants something.
func NotNil(t TestingT, object any, msgAndArgs ...any) bool {
	return check(t, !isNil(object), msgAndArgs, "Expected value not to be nil.")
}

// NoError wants a nil error.
func NoError(t TestingT, err error, msgAndArgs ...any) bool {
	return check(t, err == nil, msgAndArgs, "Received unexpected error: %v", err)
}

// Error wants an error.
func Error(t TestingT, err error, msgAndArgs ...any) bool {
	return check(t, err != nil, msgAndArgs, "An error is expected but got nil.")
}

// EqualError wants an error with this text.
func EqualError(t TestingT, theError error, errString string, msgAndArgs ...any) bool {
	held := theError != nil && theError.Error() == errString
	return check(t, held, msgAndArgs, "Error message not equal: expected %q, got %v", errString, theError)
}

// ErrorContains wants an error with this in its text.
func ErrorContains(t TestingT, theError error, contains string, msgAndArgs ...any) bool {
	held := theError != nil && strings.Contains(theError.Error(), contains)
	return check(t, held, msgAndArgs, "Error %v does not contain %q", theError, contains)
}

// ErrorIs wants an error that is or wraps the target.
func ErrorIs(t TestingT, err, target error, msgAndArgs ...any) bool {
	return check(t, errors.Is(err, target), msgAndArgs, "Target error should be in err chain: expected %v, got %v", target, err)
}

// NotErrorIs wants an error that neither is nor wraps the target.
func NotErrorIs(t TestingT, err, target error, msgAndArgs ...any) bool {
	return check(t, !errors.Is(err, target), msgAndArgs, "Target error should not be in err chain: %v", target)
}

// ErrorAs wants an error that can be taken as the target.
func ErrorAs(t TestingT, err error, target any, msgAndArgs ...any) bool {
	return check(t, errors.As(err, target), msgAndArgs, "Should be in error chain: %T, got %v", target, err)
}

// Zero wants the zero value of a type.
func Zero(t TestingT, i any, msgAndArgs ...any) bool {
	return check(t, isZero(i), msgAndArgs, "Should be zero, but was %s", shown(i))
}

// NotZero wants another value than zero.
func NotZero(t TestingT, i any, msgAndArgs ...any) bool {
	return check(t, !isZero(i), msgAndArgs, "Should not be zero, but was %s", shown(i))
}

// Empty wants nil, zero or something without elements.
func Empty(t TestingT, object any, msgAndArgs ...any) bool {
	return check(t, isEmpty(object), msgAndArgs, "Should be empty, but was %s", shown(object))
}

// NotEmpty is the opposite of Empty.
func NotEmpty(t TestingT, object any, msgAndArgs ...any) bool {
	return check(t, !isEmpty(object), msgAndArgs, "Should NOT be empty, but was %s", shown(object))
}

// Len wants this many elements.
func Len(t TestingT, object any, length int, msgAndArgs ...any) bool {
	found, ok := lengthOf(object)
	if !ok {
		return Fail(t, fmt.Sprintf("%s has no length", shown(object)), msgAndArgs...)
	}
	return check(t, found == length, msgAndArgs, "%s should have %d item(s), but has %d", shown(object), length, found)
}

// Contains wants a substring, an element or a key.
func Contains(t TestingT, s, contains any, msgAndArgs ...any) bool {
	found, ok := includes(s, contains)
	return check(t, ok && found, msgAndArgs, "%s does not contain %s", shown(s), shown(contains))
}

// NotContains is the opposite of Contains.
func NotContains(t TestingT, s, contains any, msgAndArgs ...any) bool {
	found, ok := includes(s, contains)
	return check(t, ok && !found, msgAndArgs, "%s should not contain %s", shown(s), shown(contains))
}

// Subset wants every element (or entry of a map) of subset in list.
func Subset(t TestingT, list, subset any, msgAndArgs ...any) bool {
	held, ok := isSubset(list, subset)
	return check(t, ok && held, msgAndArgs, "%s does not contain all of %s", shown(list), shown(subset))
}

// NotSubset is the opposite of Subset.
func NotSubset(t TestingT, list, subset any, msgAndArgs ...any) bool {
	held, ok := isSubset(list, subset)
	return check(t, ok && !held, msgAndArgs, "%s is a subset of %s", shown(subset), shown(list))
}

// ElementsMatch wants the same elements in any order, each as often.
func ElementsMatch(t TestingT, listA, listB any, msgAndArgs ...any) bool {
	return check(t, sameElements(listA, listB), msgAndArgs, "elements differ: %s and %s", shown(listA), shown(listB))
}

// NotElementsMatch is the opposite of ElementsMatch.
func NotElementsMatch(t TestingT, listA, listB any, msgAndArgs ...any) bool {
	return check(t, !sameElements(listA, listB), msgAndArgs, "elements are the same: %s and %s", shown(listA), shown(listB))
}

// InDelta wants two numbers that differ by delta at most.
func InDelta(t TestingT, expected, actual any, delta float64, msgAndArgs ...any) bool {
	return check(t, near(expected, actual, delta), msgAndArgs,
		"Max difference between %s and %s allowed is %v", shown(expected), shown(actual), delta)
}

// InDeltaSlice wants InDelta of each pair of elements.
func InDeltaSlice(t TestingT, expected, actual any, delta float64, msgAndArgs ...any) bool {
	held := everyPair(expected, actual, func(a, b any) bool { return near(a, b, delta) })
	return check(t, held, msgAndArgs, "Max difference between %s and %s allowed is %v", shown(expected), shown(actual), delta)
}

// InDeltaMapValues wants InDelta of the values of each key.
func InDeltaMapValues(t TestingT, expected, actual any, delta float64, msgAndArgs ...any) bool {
	return check(t, nearByKey(expected, actual, delta), msgAndArgs,
		"Max difference between %s and %s allowed is %v", shown(expected), shown(actual), delta)
}

// InEpsilon wants a relative error of epsilon at most.
func InEpsilon(t TestingT, expected, actual any, epsilon float64, msgAndArgs ...any) bool {
	return check(t, nearly(expected, actual, epsilon), msgAndArgs,
		"Relative error is too high: %s and %s, allowed is %v", shown(expected), shown(actual), epsilon)
}

// InEpsilonSlice wants InEpsilon of each pair of elements.
func InEpsilonSlice(t TestingT, expected, actual any, epsilon float64, msgAndArgs ...any) bool {
	held := everyPair(expected, actual, func(a, b any) bool { return nearly(a, b, epsilon) })
	return check(t, held, msgAndArgs, "Relative error is too high: %s and %s, allowed is %v", shown(expected), shown(actual), epsilon)
}

// Greater wants e1 > e2.
func Greater(t TestingT, e1, e2 any, msgAndArgs ...any) bool {
	return check(t, ordered(e1, e2, 1), msgAndArgs, "%s is not greater than %s", shown(e1), shown(e2))
}

// GreaterOrEqual wants e1 >= e2.
func GreaterOrEqual(t TestingT, e1, e2 any, msgAndArgs ...any) bool {
	return check(t, ordered(e1, e2, 0, 1), msgAndArgs, "%s is not greater than or equal to %s", shown(e1), shown(e2))
}

// Less wants e1 < e2.
func Less(t TestingT, e1, e2 any, msgAndArgs ...any) bool {
	return check(t, ordered(e1, e2, -1), msgAndArgs, "%s is not less than %s", shown(e1), shown(e2))
}

// LessOrEqual wants e1 <= e2.
func LessOrEqual(t TestingT, e1, e2 any, msgAndArgs ...any) bool {
	return check(t, ordered(e1, e2, -1, 0), msgAndArgs, "%s is not less than or equal to %s", shown(e1), shown(e2))
}

// Positive wants a number above zero.
func Positive(t TestingT, e any, msgAndArgs ...any) bool {
	return check(t, ordered(e, zeroOf(e), 1), msgAndArgs, "%s is not positive", shown(e))
}

// Negative wants a number below zero.
func Negative(t TestingT, e any, msgAndArgs ...any) bool {
	return check(t, ordered(e, zeroOf(e), -1), msgAndArgs, "%s is not negative", shown(e))
}

// IsIncreasing wants each element to be greater than the one before it.
func IsIncreasing(t TestingT, object any, msgAndArgs ...any) bool {
	return check(t, inOrder(object, -1), msgAndArgs, "%s is not increasing", shown(object))
}

// IsNonIncreasing wants no element to be greater than the one before it.
func IsNonIncreasing(t TestingT, object any, msgAndArgs ...any) bool {
	return check(t, inOrder(object, 0, 1), msgAndArgs, "%s is increasing", shown(object))
}

// IsDecreasing wants each element to be less than the one before it.
func IsDecreasing(t TestingT, object any, msgAndArgs ...any) bool {
	return check(t, inOrder(object, 1), msgAndArgs, "%s is not decreasing", shown(object))
}

// IsNonDecreasing wants no element to be less than the one before it.
func IsNonDecreasing(t TestingT, object any, msgAndArgs ...any) bool {
	return check(t, inOrder(object, -1, 0), msgAndArgs, "%s is decreasing", shown(object))
}

// Panics wants f to panic.
func Panics(t TestingT, f func(), msgAndArgs ...any) bool {
	panicked, _ := panicOf(f)
	return check(t, panicked, msgAndArgs, "func should panic")
}

// NotPanics wants f to return.
func NotPanics(t TestingT, f func(), msgAndArgs ...any) bool {
	panicked, value := panicOf(f)
	return check(t, !panicked, msgAndArgs, "func should not panic, but did with: %v", value)
}

// PanicsWithValue wants f to panic with this value.
func PanicsWithValue(t TestingT, expected any, f func(), msgAndArgs ...any) bool {
	panicked, value := panicOf(f)
	return check(t, panicked && value == expected, msgAndArgs, "func should panic with %s, got %s", shown(expected), shown(value))
}

// PanicsWithError wants f to panic with an error of this text.
func PanicsWithError(t TestingT, errString string, f func(), msgAndArgs ...any) bool {
	_, value := panicOf(f)
	err, ok := value.(error)
	return check(t, ok && err.Error() == errString, msgAndArgs, "func should panic with error %q, got %s", errString, shown(value))
}

// Implements wants an object with the methods of *interfaceObject.
func Implements(t TestingT, interfaceObject, object any, msgAndArgs ...any) bool {
	held := object != nil && reflect.TypeOf(object).Implements(reflect.TypeOf(interfaceObject).Elem())
	return check(t, held, msgAndArgs, "%T must implement %T", object, interfaceObject)
}

// IsType wants an object of the same type.
func IsType(t TestingT, expectedType, object any, msgAndArgs ...any) bool {
	held := reflect.TypeOf(object) == reflect.TypeOf(expectedType)
	return check(t, held, msgAndArgs, "Object expected to be of type %T, but was %T", expectedType, object)
}

// Regexp wants a text that the expression matches.
func Regexp(t TestingT, rx, str any, msgAndArgs ...any) bool {
	return check(t, matches(rx, str), msgAndArgs, "%s does not match %v", shown(str), rx)
}

// NotRegexp is the opposite of Regexp.
func NotRegexp(t TestingT, rx, str any, msgAndArgs ...any) bool {
	return check(t, !matches(rx, str), msgAndArgs, "%s matches %v", shown(str), rx)
}

// JSONEq wants two texts of the same JSON.
func JSONEq(t TestingT, expected, actual string, msgAndArgs ...any) bool {
	var a, b any
	held := json.Unmarshal([]byte(expected), &a) == nil && json.Unmarshal([]byte(actual), &b) == nil && ObjectsAreEqual(a, b)
	return check(t, held, msgAndArgs, "Not equal: expected %s, got %s", expected, actual)
}

// WithinDuration wants two times that differ by delta at most.
func WithinDuration(t TestingT, expected, actual time.Time, delta time.Duration, msgAndArgs ...any) bool {
	apart := expected.Sub(actual)
	return check(t, apart >= -delta && apart <= delta, msgAndArgs, "%v and %v differ by %v", expected, actual, apart)
}

// Condition wants a function that says true.
func Condition(t TestingT, comp func() bool, msgAndArgs ...any) bool {
	return check(t, comp(), msgAndArgs, "Condition failed!")
}

func matches(rx, str any) bool {
	expression, ok := rx.(*regexp.Regexp)
	if !ok {
		expression = regexp.MustCompile(fmt.Sprint(rx))
	}
	return expression.MatchString(fmt.Sprint(str))
}

func panicOf(f func()) (panicked bool, value any) {
	panicked = true
	defer func() { value = recover() }()
	f()
	return false, nil
}
