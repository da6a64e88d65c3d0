import { refusedConversions } from './refused-conversions.js';
import type { Rule } from './rule-schema.js';

/**
 * Rules that an API server refuses, below the place where they stand, and below each what is said about it: all but "does not compile: "
 * in front.
 */
const expressions = String.raw`
# spec
self.str == 'a
  a text is not closed (column 13: "'a")
self.str = 'a'
  "=" is no operator of CEL (column 10: "= 'a'"). CEL compares with ==.
self.str == 'a' &&
  it ends too early (column 19)
self.str == 'a' & true
  "&" is no operator of CEL (column 17: "& true"). CEL writes "and" as &&.
self.str == 'a' and true
  "and" cannot stand here (column 17: "and true"). CEL writes "and" as &&.
(self.int > 1
  ")" is missing at the end (column 14)
self.int > 1)
  ")" cannot stand here (column 13: ")")
self..int > 1
  the name of a field is missing before "." (column 6: ".int > 1")
self.
  the name of a field is missing at the end (column 6)
self.str == '\d'
  \d means nothing in a text (column 13: "'\\d'"). Write a backslash twice, or a raw text: r'…'.
'\ud800' == ''
  \ud800 is no character of Unicode (column 1: "'\\ud800' == ''")
b'\u0041' == b''
  \u cannot stand in bytes (column 1: "b'\\u0041' == b''"). Write \x and two digits.
“a” == self.str
  "“" is no part of CEL (column 1: "“a” == self.str")
self.str == 'a';
  ";" is no part of CEL (column 16: ";")
self.in == 'a'
  the name of a field is missing before "in" (column 6: "in == 'a'")
self.flag ? true
  ":" is missing at the end (column 17)
self.flag ? self.flag ? true : false : true
  ":" is missing before "?" (column 23: "? true : false : true")
9223372036854775808 > 1
  9223372036854775808 is too large for an int (column 1: "9223372036854775808 > 1")
1e400 > 1.0
  1e400 is too large for a double (column 1: "1e400 > 1.0")
namespace == 'a'
  "namespace" is a word of the language and names nothing (column 1: "namespace == 'a'")
// only
  it ends too early (column 8)
[1,,2].size() > 0
  "," cannot stand here (column 4: ",2].size() > 0")
{'a' 1}.size() > 0
  ":" is missing before "1" (column 6: "1}.size() > 0")
-!self.flag
  "!" cannot stand here (column 2: "!self.flag")
self
  it must give a bool, not object (column 1: "self")
self.int
  it must give a bool, not int (column 1: "self.int")
self.either
  it must give a bool, not dyn (column 1: "self.either"). Compare it with true.
self.?flag
  it must give a bool, not optional(bool) (column 1: "self.?flag")
slef.str == 'a'
  there is no variable "slef" (column 1: "slef.str == 'a'"). Did you mean "self"?
str == 'a'
  there is no variable "str" (column 1: "str == 'a'"). A text stands in quotes, a field behind self.
object.spec == 1
  there is no variable "object" (column 1: "object.spec == 1"). Admission policies have it; rules of a CRD have self and oldSelf.
authorizer.path('/a').check('get').allowed()
  there is no variable "authorizer" (column 12: "path('/a').check('get').allowed()"). Admission policies have it; rules of a CRD have self and oldSelf.
self.list.all(x, y == 1)
  there is no variable "y" (column 18: "y == 1)"). Did you mean "x"?
[1].all(x, true) && x == 1
  there is no variable "x" (column 21: "x == 1"). A text stands in quotes, a field behind self.
self.nope
  there is no field "nope" in this object (column 6: "nope")
self.stt == 1
  there is no field "stt" in this object (column 6: "stt == 1"). Did you mean "str"?
self.obj.a.b == 1
  a string has no fields, such as "b" (column 12: "b == 1")
self.open.other == 1
  there is no field "other" in this object (column 11: "other == 1")
self.free == 1
  there is no field "free" in this object (column 6: "free == 1"). The schema does not say what the field holds, so rules cannot read it.
has(self.nope)
  there is no field "nope" in this object (column 10: "nope)")
has(self)
  has() takes a field, such as has(self.a) (column 5: "self)")
has(self['str'])
  has() takes a field, such as has(self.a) (column 9: "['str'])")
self['str'] == 'a'
  [] does not take string of object (column 5: "['str'] == 'a'")
self.a-b == 'a'
  there is no field "a" in this object (column 6: "a-b == 'a'"). A rule writes "a-b" as a__dash__b.
  there is no variable "b" (column 8: "b == 'a'"). A text stands in quotes, a field behind self.
self.resource.metadata.labels == {}
  there is no field "labels" in this object (column 24: "labels == {}"). Of metadata a rule can read name and generateName only.
self.kind == 'a'
  there is no field "kind" in this object (column 6: "kind == 'a'")
Foo{a: 1} == null
  there is no message "Foo" (column 1: "Foo{a: 1} == null"). A map is written {"key": value}.
self.str + 1 == 'a'
  + does not take string and int (column 10: "+ 1 == 'a'"). Turn the other into a text: string(a).
self.int == 1.0
  == does not take int and double (column 10: "== 1.0"). Turn one into the type of the other: double(a), int(a).
self.num + 1 > 1.0
  + does not take double and int (column 10: "+ 1 > 1.0"). Turn one into the type of the other: double(a), int(a).
self.str == null
  == does not take string and null (column 10: "== null"). Whether a field is there says has(self.a).
self.obj == self.like
  == does not take object and object (column 10: "== self.like")
1 < 2 < 3
  < does not take bool and int (column 7: "< 3")
self.flag || self.int
  a side of || must be a bool, not an int (column 14: "self.int")
!self.int
  ! does not take int (column 1: "!self.int")
self.int ? true : false
  the parts of ? : do not fit: int, bool, bool (column 10: "? true : false")
self.flag ? 1 : 'a'
  the parts of ? : do not fit: bool, int, string (column 11: "? 1 : 'a'")
self.str in ['a', 1]
  int stands beside string, but a list or map holds one type (column 19: "1]")
{'a': 1, 'b': 'c'}.size() > 0
  string stands beside int, but a list or map holds one type (column 15: "'c'}.size() > 0")
[1, self.either].size() > 0
  dyn stands beside int, but a list or map holds one type (column 5: "self.either].size() > 0")
1 in self.list
  in does not take int and list(string) (column 3: "in self.list")
self.list['0'] == 'a'
  [] does not take string of list(string) (column 10: "['0'] == 'a'")
self.map[1] == 'b'
  [] does not take int of map(string, string) (column 9: "[1] == 'b'")
self.dur > '1h'
  > does not take duration and string (column 10: "> '1h'")
self.str.matches('(')
  the pattern "(" cannot be read: its brackets are not balanced (column 18: "'(')")
self.str.matches('a(?!b)')
  the pattern "a(?!b)" cannot be read: it looks ahead or behind, which RE2 cannot (column 18: "'a(?!b)')")
matches(self.str, '(')
  the pattern "(" cannot be read: its brackets are not balanced (column 19: "'(')")
self.str.find('(') == ''
  the pattern "(" cannot be read: its brackets are not balanced (column 15: "'(') == ''")
self.str.findAll('[', 1)[0] == ''
  the pattern "[" cannot be read: its brackets are not balanced (column 18: "'[', 1)[0] == ''")
'%s of %d'.format([self.str]) == ''
  the list has no value for the %d of the text (column 19: "[self.str]) == ''")
'%s'.format([self.str, self.int]) == ''
  the list has 2 values, and the text has a place for 1 (column 13: "[self.str, self.int]) == ''")
'100%'.format([]) == ''
  the list has no value for the % of the text (column 15: "[]) == ''")
'%v'.format([1]) == ''
  %v means nothing in format() (column 1: "'%v'.format([1]) == ''"). A percent sign is written twice: %%.
'%.f'.format([1.0]) == ''
  %.f means nothing in format() (column 1: "'%.f'.format([1.0]) == ''"). A percent sign is written twice: %%.
'%d'.format([self.num]) == ''
  %d does not take a double (column 14: "self.num]) == ''")
'%s'.format([self.obj]) == ''
  %s does not take an object (column 14: "self.obj]) == ''")
'%s %s'.format([1, [{'a': self.obj}]]) == ''
  %s does not take an object (column 27: "self.obj}]]) == ''")
type(self.str) == 'string'
  == does not take type(string) and string (column 16: "== 'string'")
self.str.startWith('a')
  no version of Kubernetes has a function "startWith" (column 10: "startWith('a')"). Did you mean "startsWith"?
self.str.startsWith(1)
  string has no startsWith(int) (column 10: "startsWith(1)")
startsWith(self.str, 'a')
  startsWith() is a method; write ….startsWith(…) (column 1: "startsWith(self.str, 'a')")
self.str.isURL()
  isURL() is no method; write isURL(…) (column 10: "isURL()")
self.str.length() > 1
  no version of Kubernetes has a function "length" (column 10: "length() > 1")
size(self.int) > 1
  size() does not take (int) (column 1: "size(self.int) > 1")
math.greatest(1, 2) == 2
  no version of Kubernetes has a function "math.greatest" (column 6: "greatest(1, 2) == 2")
cel.bind(x, 1, x == 1)
  no version of Kubernetes has a function "cel.bind" (column 5: "bind(x, 1, x == 1)")
sets.contains(self.list, [1])
  sets.contains() does not take (list(string), list(int)) (column 6: "contains(self.list, [1])")
quantity(self.str) > quantity('1')
  > does not take Quantity and Quantity (column 20: "> quantity('1')")
self.list.sum() > 1
  list(string) has no sum() (column 11: "sum() > 1")
self.str.all(x, true)
  all() goes over a list or a map, not a string (column 1: "self.str.all(x, true)")
self.list.all('x', true)
  all() takes the name of a variable here (column 15: "'x', true)")
self.list.all(x)
  all() does not take 1 arguments (column 11: "all(x)")
self.list.all(x, x)
  the condition of all() must be a bool, not a string (column 18: "x)")
self.list.all(i, i, true)
  the two variables of all() have one name (column 18: "i, true)")
self.list.all(i, x, x == 1)
  == does not take string and int (column 23: "== 1)")
self.list.existsOne(x, true)
  existsOne() does not take 2 arguments (column 11: "existsOne(x, true)"). With one variable it is exists_one().
self.list.filter(x, x).size() > 0
  the condition of filter() must be a bool, not string (column 11: "filter(x, x).size() > 0")
self.list.map(x, x + 1) == []
  + does not take string and int (column 20: "+ 1) == []"). Turn the other into a text: string(a).
self.objs.sortBy(o, o).size() > 0
  sortBy() does not go with list(object) and list(object) (column 11: "sortBy(o, o).size() > 0")
[?self.str].size() > 0
  behind ? stands an optional, not a string (column 3: "self.str].size() > 0")
self.?str == 'a'
  == does not take optional(string) and string (column 11: "== 'a'")
self.str.optMap(x, x).hasValue()
  optMap() does not go with string (column 10: "optMap(x, x).hasValue()")
self.list.all(__result__, true)
  __result__ is no name for a variable (column 15: "__result__, true)")
#
self.metadata.labels == {}
  there is no field "labels" in this object (column 15: "labels == {}"). Of metadata a rule can read name and generateName only.
self.status == 1
  there is no field "status" in this object (column 6: "status == 1")
self.metadata.name == 1
  == does not take string and int (column 20: "== 1")
# spec.objs[]
oldSelf.a == self.a
  rule: oldSelf cannot be used inside a list whose items have no keys. Give the list x-kubernetes-list-type: map, or write the rule above the list.
self.c == 1
  there is no field "c" in this object (column 6: "c == 1"). Did you mean "a"?
# spec.objs[].a
self == oldSelf
  rule: oldSelf cannot be used inside a list whose items have no keys. Give the list x-kubernetes-list-type: map, or write the rule above the list.
# spec.list[]
self == 1
  == does not take string and int (column 6: "== 1")
# spec.maps{}
self.b == 'a'
  there is no field "b" in this object (column 6: "b == 'a'"). Did you mean "a"?
# spec.free
true
  rule: rules cannot read this node, since its schema does not say what it holds
# spec.str
self.a == 1
  a string has no fields, such as "a" (column 6: "a == 1")
# spec.resource
self.metadata.namespace == 'a'
  there is no field "namespace" in this object (column 15: "namespace == 'a'"). Of metadata a rule can read name and generateName only.
`;

/** Rules of more than a line or with other fields, and what is said about them: the field that is meant first. */
const others: readonly RefusedRule[] = [
  {
    place: 'spec',
    rule: "'a\nb' == ''",
    said: ['rule: does not compile: a text is not closed (line 1, column 1: "\'a")'],
  },
  {
    place: 'spec',
    rule: 'self.`str`() == 1',
    said: ['rule: does not compile: "(" cannot stand here (column 11: "() == 1")'],
  },
  { place: 'spec', rule: { rule: '', message: 'no' }, said: ['rule: the rule is missing'] },
  { place: 'spec', rule: { message: 'no' }, said: ['rule: the rule is missing'] },
  { place: 'spec', rule: { rule: 'true\n&& true' }, said: ['rule: a rule of several lines needs a message'] },
  { place: 'spec', rule: { rule: 'true', message: ' ' }, said: ['message: the message is empty'] },
  { place: 'spec', rule: { rule: 'true', message: 'a\nb' }, said: ['message: a message has one line'] },
  {
    place: 'spec',
    rule: { rule: 'true', messageExpression: ' ' },
    said: ['messageExpression: the expression is empty'],
  },
  {
    place: 'spec',
    rule: { rule: 'true', messageExpression: '1' },
    said: ['messageExpression: does not compile: it must give a string, not int (column 1: "1")'],
  },
  {
    place: 'spec',
    rule: { rule: 'true', messageExpression: "'a' +" },
    said: ['messageExpression: does not compile: it ends too early (column 6)'],
  },
  {
    place: 'spec',
    rule: { rule: 'true', messageExpression: 'self.nope' },
    said: ['messageExpression: does not compile: there is no field "nope" in this object (column 6: "nope")'],
  },
  {
    place: 'spec',
    rule: { rule: 'true', reason: 'Nope' },
    said: [
      'reason: a reason is one of FieldValueInvalid, FieldValueForbidden, FieldValueRequired, FieldValueDuplicate, not text "Nope"',
    ],
  },
  {
    place: 'spec',
    rule: { rule: 'true', fieldPath: 'str' },
    said: ["fieldPath: a path is written such as .spec.field or .spec['field']"],
  },
  {
    place: 'spec',
    rule: { rule: 'true', fieldPath: '.nope' },
    said: ['fieldPath: the schema has no field "nope" there'],
  },
  {
    place: 'spec',
    rule: { rule: 'true', fieldPath: '.obj.c' },
    said: ['fieldPath: the schema has no field "c" there'],
  },
  {
    place: 'spec',
    rule: { rule: 'true', fieldPath: '.list[0]' },
    said: ["fieldPath: brackets hold a name in single quotes, such as ['field']; lists have no place in a path"],
  },
  { place: 'spec', rule: { rule: 'true', fieldPath: '.a.b' }, said: ['fieldPath: the schema has no field "a" there'] },
  {
    place: 'spec',
    rule: { rule: 'true', fieldPath: '.str\n' },
    said: ['fieldPath: a path has one line', 'fieldPath: the schema has no field "str\\n" there'],
  },
  {
    place: 'spec',
    rule: { rule: 'true', optionalOldSelf: true },
    said: ['optionalOldSelf: is only for rules that use oldSelf; leave it out'],
  },
  {
    place: 'spec',
    rule: { rule: 'oldSelf.str == self.str', optionalOldSelf: true },
    said: ['rule: does not compile: == does not take optional(string) and string (column 13: "== self.str")'],
  },
];

/** A rule that an API server refuses. */
export interface RefusedRule {
  readonly place: string;
  readonly rule: Rule;
  /** What is said about it: `rule: does not compile: …`. */
  readonly said: readonly string[];
}

/** All of them. */
export const refusedRules: readonly RefusedRule[] = [...readExpressions(), ...others];

/** Rules at which an API server panics: it answers nothing. */
export const droppedRules: readonly string[] = [
  '[?dyn(self.str)].size() > 0',
  '[?self.either].size() > 0',
  "['a', ?dyn(self.?str)].all(x, x == 'a')",
  "{?'a': dyn(optional.of(1))}.size() > 0",
];

function readExpressions(): RefusedRule[] {
  const rules: { place: string; rule: string; said: string[] }[] = [];
  let place = '';
  for (const line of [refusedConversions, expressions].flatMap((text) => text.trim().split('\n'))) {
    if (line.startsWith('#')) place = line.slice(2);
    else if (line.startsWith('  ')) rules.at(-1)?.said.push(said(line.trim()));
    else rules.push({ place, rule: line, said: [] });
  }
  return rules;
}

function said(text: string): string {
  return text.startsWith('rule: ') ? text : `rule: does not compile: ${text}`;
}
