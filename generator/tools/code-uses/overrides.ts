import { ts } from 'ts-morph';
import type { OpenProject } from './open-project.js';
import { walk } from './walk.js';

/** Which members of classes take the place of which, through any number of classes and interfaces. */
export class Overrides {
  readonly #above = new Map<ts.Node, ts.Node[]>();
  readonly #below = new Map<ts.Node, ts.Node[]>();

  constructor({ files, checker }: OpenProject) {
    const look = (node: ts.Node): void => {
      if (ts.isClassLike(node)) this.#note(node, checker);
    };
    for (const file of files) walk(file, look);
  }

  /** The members that one implements or overrides. */
  above(member: ts.Node): readonly ts.Node[] {
    return allFrom(member, this.#above);
  }

  /** The members that implement or override one. */
  below(member: ts.Node): readonly ts.Node[] {
    return allFrom(member, this.#below);
  }

  #note({ heritageClauses, members }: ts.ClassLikeDeclaration, checker: ts.TypeChecker): void {
    const heritage = heritageClauses?.flatMap((clause) => clause.types) ?? [];
    const types = heritage.map((one) => checker.getTypeAtLocation(one));
    if (types.length === 0) return;
    const own = members.flatMap((member): readonly (ts.ClassElement | ts.ParameterDeclaration)[] =>
      ts.isConstructorDeclaration(member)
        ? member.parameters.filter((one) => ts.isParameterPropertyDeclaration(one, member))
        : [member],
    );
    for (const member of own) {
      if (member.name === undefined || !ts.isIdentifier(member.name)) continue;
      const { text } = member.name;
      for (const base of types.flatMap((type) => type.getProperty(text)?.declarations ?? [])) {
        this.#above.set(member, [...(this.#above.get(member) ?? []), base]);
        this.#below.set(base, [...(this.#below.get(base) ?? []), member]);
      }
    }
  }
}

function allFrom(start: ts.Node, next: ReadonlyMap<ts.Node, readonly ts.Node[]>): ts.Node[] {
  const found = new Set<ts.Node>();
  const open = [start];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const more = (next.get(one) ?? []).filter((node) => !found.has(node) && node !== start);
    for (const node of more) found.add(node);
    open.push(...more);
  }
  return [...found];
}
