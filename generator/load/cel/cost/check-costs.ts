import type { SchemaPlace } from '../../check/schema-place.js';
import { formatPath, type DocumentPath } from '../../document-path.js';
import type { FaultList } from '../../fault.js';
import { quote, type JsonMap } from '../../json-value.js';
import type { CompiledExpression, CompiledRules } from '../check-rules.js';
import { boundsThatFit } from './bounds.js';
import { DeclaredSizes, type Bounded } from './declared-sizes.js';
import { estimateCost, type Estimate } from './estimate.js';
import { NodeSizes } from './node-sizes.js';
import { placeText } from './place-text.js';
import { product, sum, Uncertain } from './size.js';
import { startOf } from '../expression.js';
import { isEmbedded, type SchemaTypes } from '../schema-types.js';
import { TooMuch } from '../unify.js';

/** Whose estimate it is: versions differ. */
const estimator = 'Kubernetes 1.37';
/** What one expression, and all of one schema, may cost. */
const limits = { expression: 10_000_000, schema: 100_000_000 };
/** How often it is tried which bounds would do, and up to which length of an expression. */
const tries = { expressions: 20, characters: 2_000 };
const mostNamed = 4;

interface Found extends Estimate {
  readonly asked: readonly Bounded[];
}

interface Counted {
  readonly expression: CompiledExpression;
  readonly cost: number;
}

/**
 * Warns about rules of one CRD that cost too much by the API server's estimate, alone or together, and says which bounds would do (F37,
 * V19).
 */
export function checkCosts({ types, expressions }: CompiledRules, faults: FaultList): void {
  const checker = new CostChecker(types, faults);
  /** By where their schema stands: each version has one, and several may share it by an alias. */
  const schemas = new Map<string, Counted[]>();
  for (const expression of expressions) {
    const cost = checker.check(expression);
    if (cost === undefined) continue;
    const schema = formatPath(schemaPath(expression));
    const counted = schemas.get(schema);
    if (counted === undefined) schemas.set(schema, [{ expression, cost }]);
    else counted.push({ expression, cost });
  }
  for (const counted of schemas.values()) checkTotal(counted, faults);
}

/** Warns where rules cost too much together, even when each is within its own limit. */
function checkTotal(counted: readonly Counted[], faults: FaultList): void {
  const withinLimits = counted.reduce((total, { cost }) => sum(total, Math.min(cost, limits.expression)), 0);
  const [first] = counted;
  if (first === undefined || withinLimits <= limits.schema) return;
  const total = counted.reduce((all, { cost }) => sum(all, cost), 0);
  const dearest = [...counted].sort((a, b) => b.cost - a.cost).slice(0, mostNamed);
  const places = [...new Set(dearest.map(({ expression }) => placeText(expression.place)))];
  faults.add({
    severity: 'warning',
    path: schemaPath(first.expression),
    message: `the rules cost too much together: ${estimator} estimates ${timesOf(total, limits.schema)} its limit`,
    hint: `Most cost those of ${places.join(', ')}. Give bounds to the lists, maps and texts there and above, or make the rules simpler.`,
  });
}

class CostChecker {
  readonly #nodes: NodeSizes;
  readonly #faults: FaultList;
  #tried = 0;

  constructor(types: SchemaTypes, faults: FaultList) {
    this.#nodes = new NodeSizes(types);
    this.#faults = faults;
  }

  /** What an expression costs, where that is certain. Warns where it costs too much. */
  check(expression: CompiledExpression): number | undefined {
    const found = this.#estimate(expression);
    if (found !== undefined && found.cost > limits.expression) {
      this.#faults.add({
        severity: 'warning',
        path: expression.path,
        message: `costs too much: ${estimator} estimates ${timesOf(found.cost, limits.expression)} its limit`,
        hint: this.#hintFor(expression, found),
      });
    }
    return found?.cost;
  }

  #estimate(expression: CompiledExpression, bounds?: ReadonlyMap<JsonMap, number>): Found | undefined {
    const { place, key, good } = expression;
    if (isInMetadata(place)) return undefined;
    const sizes = new DeclaredSizes(place, this.#nodes, bounds);
    try {
      const once = estimateCost(good.expression, good.checked, sizes);
      // A message is made once.
      const cost = key === 'rule' ? product(once.cost, sizes.times()) : once.cost;
      return { cost, unsized: once.unsized, asked: [...sizes.asked.values()] };
    } catch (error) {
      if (error instanceof Uncertain || error instanceof TooMuch) return undefined;
      throw error;
    }
  }

  #hintFor(expression: CompiledExpression, { asked, unsized }: Found): string {
    const { text } = expression;
    this.#tried += 1;
    if (this.#tried > tries.expressions || text.length > tries.characters) {
      return 'Give maxItems, maxLength or maxProperties to what it reads and to the lists and maps around it, or make it simpler.';
    }
    const costWith = (bounds: ReadonlyMap<JsonMap, number>): number | undefined =>
      this.#estimate(expression, bounds)?.cost;
    const fitting = boundsThatFit(asked, costWith, limits.expression);
    if (fitting !== undefined) return fitting;
    if (unsized === undefined) return 'Make it simpler.';
    const what = quote(text.slice(startOf(unsized)).trim());
    return `No bound in the schema helps: Kubernetes does not know how large this is that it reads: ${what}`;
  }
}

/** Whether a place is in the metadata of a resource, of which rules see more or less, after what rules there are above. */
function isInMetadata(place: SchemaPlace): boolean {
  for (let at = place; at.above !== undefined; at = at.above) {
    const isResource = at.above.above === undefined || isEmbedded(at.above.node);
    if (isResource && at.steps[1] === 'metadata') return true;
  }
  return false;
}

/** The path of the schema that an expression stands in. */
function schemaPath({ place, path }: CompiledExpression): DocumentPath {
  let steps = 3;
  for (let at = place; at.above !== undefined; at = at.above) steps += at.steps.length;
  return path.slice(0, -steps);
}

/** How often a cost is as large as a limit. The API server says no more than 100 either: nothing small will help then. */
function timesOf(cost: number, limit: number): string {
  const factor = cost / limit;
  if (factor > 100) return 'more than 100 times';
  return `${factor < 1.5 ? Number(factor.toFixed(6)) : Number(factor.toFixed(1))} times`;
}
