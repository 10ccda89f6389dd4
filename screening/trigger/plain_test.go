package trigger

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestPlainIsTheProgram holds what is told of an expression without its program to the program, for every such
// condition of the built-in rules and forms that they do not have.
func TestPlainIsTheProgram(t *testing.T) {
	set, err := BuiltIn()
	require.NoError(t, err)
	leaves := set.leaves
	c := newCompiler()
	for _, src := range []string{
		`order.means not in ["cash", "gold"]`, `!(order.means == "cash")`, `not not (order.means != "cash")`, `order.means in ["cash"]`,
		`"A:1" not in order.ear`, `!order.controlled`, `order.controlled != false`, `not (order.controlled == false)`, `order.means in []`,
		`any(order.papers, {# in ["a", "b"]})`, `none(order.papers, {# == "a"})`, `not any(order.ear, {# == "A:1"})`, `any(order.ear, # in [])`,
	} {
		l, err := c.expression(src, ScopeOrder)
		require.NoError(t, err)
		require.NotNil(t, l.plain, src)
		leaves = append(leaves[:len(leaves):len(leaves)], l)
	}
	known := 0
	for _, l := range leaves {
		if l.plain == nil {
			continue
		}
		known++
		rapid.Check(t, func(t *rapid.T) {
			words := rapid.SampledFrom(append([]string{"", "other"}, l.plain.words...))
			e := &evaluator{}
			v := placeFor(&e.env, l.needs[0])
			typ := v.Type()
			if typ.Kind() == reflect.Pointer {
				v.Set(reflect.New(typ.Elem()))
				v = v.Elem()
			}
			switch v.Kind() {
			case reflect.String:
				v.SetString(words.Draw(t, "text"))
			case reflect.Bool:
				v.SetBool(rapid.Bool().Draw(t, "bool"))
			default:
				v.Set(reflect.ValueOf(rapid.SliceOf(words).Draw(t, "list")))
			}
			told := l.plain.truth(v)
			byProgram := *l
			byProgram.plain = nil
			require.Equal(t, e.call(&byProgram), told, l.src)
		})
	}
	require.Greater(t, known, len(set.leaves)/2)
}

// placeFor is where an env holds a name's value, with the groups on the way to it.
func placeFor(e *env, a *access) reflect.Value {
	v := reflect.ValueOf(e).Elem()
	for _, s := range a.steps {
		if v.Kind() == reflect.Pointer {
			v.Set(reflect.New(v.Type().Elem()))
			v = v.Elem()
		}
		v = v.Field(s.field)
	}
	return v
}

// TestNotPlain names forms that look like those told without a program and are others.
func TestNotPlain(t *testing.T) {
	c := newCompiler()
	for _, src := range []string{
		`"cash" == order.means`, `order.means in order.papers`, `order.means == order.incoterm`, `order.prepaid == 100`, `order.means > "a"`,
		`order.means in ["a", lower("B")]`, `buyer.index in [1, 2]`, `order.value != 1.5`, `answer.knows_product == "no"`, `"a" in ["b"]`, `lower(order.means) == "cash"`,
		`order.means == "a" or order.means == "b"`, `order.papers[0] == "a"`,
		`all(order.papers, {# == "a"})`, `any(order.papers, {# != "a"})`, `any(order.papers, {"a" == #})`, `any(order.papers, {# not in ["a"]})`, `any(order.papers, {# in order.ear})`, `any(order.papers, {# == "a" or # == "b"})`,
	} {
		l, err := c.expression(src, ScopeOrder)
		require.NoError(t, err, src)
		require.Nil(t, l.plain, src)
	}
}
