import { didYouMean } from '../../did-you-mean.js';
import type { RuledNode, SchemaPlace } from '../check/schema-place.js';
import type { DocumentPath } from '../document-path.js';
import type { FaultList } from '../fault.js';
import { describe, field, isMap, quote, stringField, type JsonMap } from '../json-value.js';
import { compileCel, type Compiled } from './compile.js';
import type { CelFault } from './expression.js';
import { fieldPathFault } from './field-path.js';
import { isEmbedded, SchemaTypes } from './schema-types.js';
import { optionalOf, type CelType } from './types.js';

/**
 * Checks the CEL rules (`x-kubernetes-validations`) of the nodes of one CRD (F37, V19): a warning for all that makes the API server
 * refuse the CRD, as far as it is certain. Gives back what compiles, whose costs are looked at apart.
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules
 */
export function checkRules(nodes: readonly RuledNode[], faults: FaultList): CompiledRules {
  const types = new SchemaTypes();
  const expressions: CompiledExpression[] = [];
  for (const { place, path } of nodes) {
    const rules = field(place.node, keyword);
    if (!Array.isArray(rules)) continue;
    const checker = new RuleChecker({ place, types, expressions, faults });
    rules.forEach((rule: unknown, i) => {
      if (isMap(rule)) checker.check(rule, [...path, keyword, i]);
    });
  }
  return { types, expressions };
}

/** A rule, or the `messageExpression` of one, that compiles. */
export interface CompiledExpression {
  readonly place: SchemaPlace;
  /** Where it stands in its document, its key at the end. */
  readonly path: DocumentPath;
  readonly key: 'rule' | 'messageExpression';
  readonly text: string;
  readonly good: NonNullable<Compiled['good']>;
}

/** What compiles of the rules of one CRD. */
export interface CompiledRules {
  readonly types: SchemaTypes;
  readonly expressions: readonly CompiledExpression[];
}

const keyword = 'x-kubernetes-validations';
const ruleFields = ['rule', 'message', 'messageExpression', 'reason', 'fieldPath', 'optionalOldSelf'];
const reasons = ['FieldValueInvalid', 'FieldValueForbidden', 'FieldValueRequired', 'FieldValueDuplicate'];

interface RuleContext {
  readonly place: SchemaPlace;
  readonly types: SchemaTypes;
  readonly expressions: CompiledExpression[];
  readonly faults: FaultList;
}

class RuleChecker {
  readonly #context: RuleContext;
  readonly #self: CelType | undefined;

  constructor(context: RuleContext) {
    this.#context = context;
    const { node, above } = context.place;
    const isResource = above === undefined || isEmbedded(node);
    this.#self = context.types.of(node, isResource);
  }

  check(rule: JsonMap, path: DocumentPath): void {
    const { faults } = this.#context;
    const warn: Warn = (key, message, hint) =>
      faults.add({ severity: 'warning', path: [...path, key], message, ...(hint === undefined ? {} : { hint }) });
    checkFields(rule, warn);
    checkTexts(rule, warn);
    const fieldPath = stringField(rule, 'fieldPath');
    const wrongPath =
      fieldPath === undefined || fieldPath === '' ? undefined : fieldPathFault(fieldPath, this.#context.place.node);
    if (wrongPath !== undefined) warn('fieldPath', wrongPath);
    this.#compile(rule, path, warn);
  }

  #compile(rule: JsonMap, path: DocumentPath, warn: Warn): void {
    const text = stringField(rule, 'rule') ?? '';
    if (text.trim() === '') return;
    if (this.#self === undefined) {
      return warn('rule', 'rules cannot read this node, since its schema does not say what it holds');
    }
    const isOptional = field(rule, 'optionalOldSelf') === true;
    const variables = new Map([
      ['self', this.#self],
      ['oldSelf', isOptional ? optionalOf(this.#self) : this.#self],
    ]);
    const compiled = compileCel(text, variables, 'bool');
    for (const fault of compiled.faults) warn('rule', ...inWords(fault, text));
    if (compiled.used === undefined) return;
    this.#checkOldSelf(rule, compiled.used.has('oldSelf'), warn);
    this.#keep(compiled, { path, key: 'rule', text });
    const message = stringField(rule, 'messageExpression') ?? '';
    if (compiled.faults.length > 0 || message.trim() === '') return;
    const compiledMessage = compileCel(message, variables, 'string');
    for (const fault of compiledMessage.faults) warn('messageExpression', ...inWords(fault, message));
    this.#keep(compiledMessage, { path, key: 'messageExpression', text: message });
  }

  #keep({ good }: Compiled, expression: Pick<CompiledExpression, 'path' | 'key' | 'text'>): void {
    const { place, expressions } = this.#context;
    if (good !== undefined)
      expressions.push({ ...expression, place, good, path: [...expression.path, expression.key] });
  }

  #checkOldSelf(rule: JsonMap, isUsed: boolean, warn: Warn): void {
    if (!isUsed) {
      if (field(rule, 'optionalOldSelf') !== undefined) {
        warn('optionalOldSelf', 'is only for rules that use oldSelf; leave it out');
      }
      return;
    }
    if (!isCorrelated(this.#context.place)) {
      warn(
        'rule',
        'oldSelf cannot be used inside a list whose items have no keys',
        'Give the list x-kubernetes-list-type: map, or write the rule above the list.',
      );
    }
  }
}

type Warn = (key: string, message: string, hint?: string) => void;

function checkFields(rule: JsonMap, warn: Warn): void {
  for (const key of Object.keys(rule)) {
    if (ruleFields.includes(key)) {
      const value = field(rule, key);
      const wanted = key === 'optionalOldSelf' ? 'boolean' : 'string';
      // That the rule is text is told with the schema, of the reason more is told below.
      if (value !== undefined && typeof value !== wanted && key !== 'rule' && key !== 'reason')
        warn(key, `${key} must be ${wanted === 'string' ? 'text' : 'true or false'}, not ${describe(value)}`);
      continue;
    }
    const guess = didYouMean(key, ruleFields);
    const hint = guess === undefined ? undefined : `Did you mean ${quote(guess)}?`;
    warn(key, `${quote(key)} is no field of a rule and has no effect`, hint);
  }
}

const hasBreak = (text: string): boolean => /[\n\r]/.test(text);

function checkTexts(rule: JsonMap, warn: Warn): void {
  const given = field(rule, 'rule') ?? '';
  // What is no text is told with the schema.
  const text = typeof given === 'string' ? given.trim() : 'rule';
  const message = stringField(rule, 'message') ?? '';
  const messageExpression = stringField(rule, 'messageExpression') ?? '';
  const fieldPath = stringField(rule, 'fieldPath') ?? '';
  const reason = field(rule, 'reason');
  if (text === '') warn('rule', 'the rule is missing');
  else if (message !== '' && message.trim() === '') warn('message', 'the message is empty');
  else if (hasBreak(message.trim())) warn('message', 'a message has one line');
  else if (hasBreak(text) && message === '') warn('rule', 'a rule of several lines needs a message');
  if (messageExpression !== '' && messageExpression.trim() === '') warn('messageExpression', 'the expression is empty');
  if (hasBreak(fieldPath)) warn('fieldPath', 'a path has one line');
  if (reason !== undefined && !(typeof reason === 'string' && reasons.includes(reason))) {
    warn('reason', `a reason is one of ${reasons.join(', ')}, not ${describe(reason)}`);
  }
}

/** Whether the API server knows which old value belongs to a new one: not so below lists other than maps. */
function isCorrelated(place: SchemaPlace): boolean {
  for (let at = place; at.above !== undefined; at = at.above) {
    if (at.steps[0] === 'items' && field(at.above.node, 'x-kubernetes-list-type') !== 'map') return false;
  }
  return true;
}

/** A fault of a text in one line: what is wrong, in which line and column, and how the text goes on there. */
function inWords({ at, message, hint }: CelFault, text: string): [message: string, hint: string | undefined] {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = Array.from(before.slice(before.lastIndexOf('\n') + 1)).length + 1;
  const [rest = ''] = text.slice(at, at + 400).split('\n');
  const where = `${text.trimEnd().includes('\n') ? `line ${line}, ` : ''}column ${column}`;
  const full = `does not compile: ${message} (${where}${rest.trim() === '' ? '' : `: ${quote(rest.trim())}`})`;
  return [full, hint];
}
