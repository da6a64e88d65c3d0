import { KubeError } from '../errors.js';

/**
 * A parsed label selector.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export interface LabelSelector {
  matches(labels: Readonly<Record<string, string>> | undefined): boolean;
}

type Operator = '=' | '!=' | 'in' | 'notin' | 'exists' | '!' | '>' | '<';
interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

/** Parses `app=web,tier in (a,b),!legacy,size>3`, or takes `{ app: 'web' }`. Throws a `KubeError` (`usage`) that names the fault. */
export function parseLabelSelector(selector: string | Readonly<Record<string, string>>): LabelSelector {
  const requirements = typeof selector === 'string' ? new SelectorParser(selector).parse() : equalities(selector);
  return { matches: (labels) => requirements.every((requirement) => matches(requirement, labels)) };
}

/** The requirements of `{ app: 'web' }`. JavaScript may give anything: what asks for nothing would match every object. */
function equalities(selector: Readonly<Record<string, unknown>>): Requirement[] {
  if (typeof selector !== 'object' || selector === null || Array.isArray(selector))
    throw new KubeError('usage', `a label selector is a text or an object of texts, not ${JSON.stringify(selector)}`);
  return Object.entries(selector).map(([key, value]) => {
    if (typeof value !== 'string')
      throw new KubeError('usage', `the label ${JSON.stringify(key)} of a selector must be a text`);
    return check({ key, operator: '=', values: [value] });
  });
}

function matches(
  { key, operator, values }: Requirement,
  labels: Readonly<Record<string, string>> | undefined,
): boolean {
  // Own properties only: a selector for `constructor` must not match every object.
  const value = labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case '=':
    case 'in':
      return value !== undefined && values.includes(value);
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value);
    case '>':
    case '<':
      return value !== undefined && compareIntegers(value, { operator, bound: values[0] ?? '' });
    default:
      return operator satisfies never;
  }
}

const LARGEST = 2n ** 63n - 1n;

function compareIntegers(value: string, { operator, bound }: { operator: '>' | '<'; bound: string }): boolean {
  if (!isInteger(value)) return false;
  const difference = BigInt(value) - BigInt(bound);
  return operator === '>' ? difference > 0n : difference < 0n;
}

/** What the API server reads as a number: 64 bits. A label cannot begin with a sign. */
function isInteger(value: string): boolean {
  return /^[0-9]{1,63}$/.test(value) && BigInt(value) <= LARGEST;
}

const labelName = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)$/;
const labelPrefix = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function check(requirement: Requirement): Requirement {
  const { key, operator, values } = requirement;
  const [name, prefix, ...more] = key.split('/').reverse();
  const goodKey =
    more.length === 0 &&
    labelName.test(name ?? '') &&
    (prefix === undefined || (prefix.length <= 253 && labelPrefix.test(prefix)));
  if (!goodKey) throw new KubeError('usage', `${JSON.stringify(key)} is no label key`);
  for (const value of values) {
    const good = operator === '>' || operator === '<' ? isInteger(value) : value === '' || labelName.test(value);
    if (!good) throw new KubeError('usage', `${JSON.stringify(value)} is no value for ${key} ${operator}`);
  }
  return requirement;
}

class SelectorParser {
  readonly #text: string;
  readonly #tokens: string[];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = text.match(/!=|==|[=!<>(),]|[^ \t\r\n=!<>(),]+/g) ?? [];
  }

  parse(): Requirement[] {
    if (this.#tokens.length === 0) return [];
    const requirements = [this.#requirement()];
    while (this.#at < this.#tokens.length) {
      this.#expect(',');
      requirements.push(this.#requirement());
    }
    return requirements;
  }

  #requirement(): Requirement {
    if (this.#peek() === '!') {
      this.#at += 1;
      return check({ key: this.#word('a key'), operator: '!', values: [] });
    }
    const key = this.#word('a key');
    const operator = this.#peek();
    switch (operator) {
      case undefined:
      case ',':
        return check({ key, operator: 'exists', values: [] });
      case '=':
      case '==':
        this.#at += 1;
        return check({ key, operator: '=', values: [this.#optionalWord()] });
      case '!=':
        this.#at += 1;
        return check({ key, operator: '!=', values: [this.#optionalWord()] });
      case '>':
      case '<':
        this.#at += 1;
        return check({ key, operator, values: [this.#word('a number')] });
      case 'in':
      case 'notin':
        this.#at += 1;
        return check({ key, operator, values: this.#set() });
      default:
        throw this.#fault(`${JSON.stringify(operator)} is no operator`);
    }
  }

  #set(): string[] {
    this.#expect('(');
    const values = [this.#optionalWord()];
    while (this.#peek() === ',') {
      this.#at += 1;
      values.push(this.#optionalWord());
    }
    this.#expect(')');
    return values;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  #word(what: string): string {
    const token = this.#peek();
    if (token === undefined || /^[=!<>(),]/.test(token)) throw this.#fault(`${what} is expected`);
    this.#at += 1;
    return token;
  }

  /** A value may be empty: `app=` asks for the empty label. */
  #optionalWord(): string {
    const token = this.#peek();
    return token === undefined || /^[=!<>(),]/.test(token) ? '' : this.#word('a value');
  }

  #expect(token: string): void {
    if (this.#peek() !== token) throw this.#fault(`${JSON.stringify(token)} is expected`);
    this.#at += 1;
  }

  #fault(what: string): KubeError {
    return new KubeError('usage', `the label selector ${JSON.stringify(this.#text)} is not valid: ${what}`);
  }
}
