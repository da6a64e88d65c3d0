import { ts } from 'ts-morph';
import { textOf } from './expression.js';
import type { Flow } from './flow.js';
import { things, type Origin } from './origin.js';
import type { FoundResource } from './found.js';
import type { RuntimeType } from './runtime-types.js';
import { alternativesOf } from './value-types.js';

/** Kinds, and why there may be others, too. */
export interface Resources {
  readonly found: readonly FoundResource[];
  readonly why?: string;
}

/** Says of which kind a definition, a client or a reflector is: by its type, and where that does not tell, by where it comes from. */
export class ResourceReader {
  readonly #flow: Flow;
  #byKind: Map<string, FoundResource> | undefined;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  /** The kinds of a client: by its type, else by where it comes from. */
  ofClient(type: ts.Type, origins: () => readonly Origin[]): Resources {
    return this.#byClientType(type) ?? together(things(origins()).map((origin) => this.#ofClientOrigin(origin)));
  }

  /** The kinds of a reflector, where its type tells; none for the type of something else. */
  ofReflector(type: ts.Type): Resources | undefined {
    const parts = this.#flow.types.partsOf(type);
    return this.#ofObjects(parts.filter(({ part }) => part === 'Reflector'));
  }

  /** The kinds of a definition. */
  ofDefinition(origins: readonly Origin[]): Resources {
    return together(
      things(origins).map((origin) => {
        if (origin.t === 'none') return { found: [], why: 'there is none' };
        const type = origin.t === 'open' ? origin.type : this.#flow.project.checker.getTypeAtLocation(origin.node);
        const found = type && this.#byDefinitionType(type);
        if (origin.t === 'open') return found === undefined ? { found: [], why: origin.why } : { found };
        return found === undefined ? unknown(origin.node) : { found };
      }),
    );
  }

  /** The kind whose objects have this type. */
  #ofObject(type: ts.Type): FoundResource | undefined {
    const { project, types } = this.#flow;
    const declaration = (type.aliasSymbol ?? type.symbol)?.valueDeclaration;
    if (declaration !== undefined && ts.isVariableDeclaration(declaration)) {
      const found = this.#byDefinitionType(project.checker.getTypeAtLocation(declaration));
      if (found?.length === 1) return found[0];
    }
    const [apiVersion, kind] = ['apiVersion', 'kind'].map((name) => types.literalIn(type, name));
    return apiVersion === undefined || kind === undefined
      ? undefined
      : this.#definitions().get(`${apiVersion}/${kind}`);
  }

  #ofClientOrigin(origin: Origin): Resources {
    if (origin.t !== 'expression') return { found: [], why: origin.t === 'open' ? origin.why : 'there is none' };
    const { node, context } = origin;
    const { project, index, types } = this.#flow;
    const typed = this.#byClientType(project.checker.getTypeAtLocation(node));
    if (typed !== undefined) return typed;
    if (ts.isObjectLiteralExpression(node)) {
      const spread = node.properties.flatMap((one) => (ts.isSpreadAssignment(one) ? [one.expression] : []));
      const clients = spread.filter((one) => types.partsOf(project.checker.getTypeAtLocation(one)).length > 0);
      if (clients.length > 0)
        return together(
          clients.flatMap((one) => this.#flow.origins(one, context)).map((one) => this.#ofClientOrigin(one)),
        );
    }
    if (ts.isCallExpression(node)) {
      const { expression } = node;
      const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
      const member = types.memberOf(index.symbolAt(name));
      if (member?.part === 'Cluster' && member.name === 'resource')
        return this.ofDefinition(this.#flow.argument(node, 0, context));
    }
    return unknown(node);
  }

  #byClientType(type: ts.Type): Resources | undefined {
    const parts = this.#flow.types.partsOf(type).filter(({ part }) => part === 'Client' || part === 'StatusClient');
    return parts.length === 0 ? undefined : this.#ofObjects(parts);
  }

  #ofObjects(parts: readonly RuntimeType[]): Resources | undefined {
    const found = parts.map(({ arguments: [object] }) => object && this.#ofObject(object));
    return found.some((one) => one === undefined) ? undefined : { found: found.flatMap((one) => one ?? []) };
  }

  #byDefinitionType(type: ts.Type): FoundResource[] | undefined {
    const found = alternativesOf(type).map((one) => this.#flow.types.definitionIn(one));
    return found.some((one) => one === undefined) ? undefined : found.flatMap((one) => one ?? []);
  }

  /** Every definition of the program, by version and kind: for types that were made out of those of a kind. */
  #definitions(): Map<string, FoundResource> {
    if (this.#byKind !== undefined) return this.#byKind;
    const { project, types } = this.#flow;
    const { checker, program } = project;
    this.#byKind = new Map();
    for (const file of program.getSourceFiles()) {
      if (!/\bdefineResource\b|\bTyped</.test(file.text)) continue;
      for (const statement of file.statements) {
        if (!ts.isVariableStatement(statement)) continue;
        for (const declaration of statement.declarationList.declarations) {
          const type = checker.getTypeAtLocation(declaration);
          const [found] = this.#byDefinitionType(type) ?? [];
          const [version, kind] = ['version', 'kind'].map((name) => types.literalIn(type, name));
          if (found === undefined || version === undefined || kind === undefined) continue;
          const apiVersion = found.group === '' ? version : `${found.group}/${version}`;
          this.#byKind.set(`${apiVersion}/${kind}`, found);
        }
      }
    }
    return this.#byKind;
  }
}

function unknown(node: ts.Node): Resources {
  return { found: [], why: `the type of ${textOf(node)} does not tell the kind` };
}

function together(all: readonly Resources[]): Resources {
  const why =
    all.find((one) => one.why !== undefined)?.why ??
    (all.length === 0 ? 'where it comes from does not show' : undefined);
  return { found: all.flatMap(({ found }) => found), ...(why === undefined ? {} : { why }) };
}
