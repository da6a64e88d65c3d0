import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { RolldownMagicString } from 'rolldown';
import { parseSync } from 'rolldown/utils';

/**
 * Puts parentheses around the functions of the generator's bundle that a small run calls: V8 compiles what stands in parentheses with
 * the file, and the rest when it is called. So they are not read twice, and Node's compile cache, which takes a file as it is before
 * anything of it runs, holds them. Which these are is found by three small runs.
 *
 * @param {string} root the folder of the repository @param {string} dist with the programs, ready to run
 */
export function compileAtOnce(root, dist) {
  const crd = join(root, 'examples/foo-service/crds/foo.yaml');
  const work = mkdtempSync(join(tmpdir(), 'kube-gen-build-'));
  try {
    const ruled = join(work, 'ruled.yaml');
    writeFileSync(ruled, withRule(readFileSync(crd, 'utf8')));
    const generate = (file) => [join(dist, 'cli/main.js'), file, '-o', join(work, 'out'), '--quiet'];
    for (const args of [generate(crd), [...generate(crd), '--check'], generate(ruled)]) {
      const { status, stderr } = spawnSync(process.execPath, args, {
        cwd: work,
        encoding: 'utf8',
        // A function that comes out of the cache may not be counted.
        env: { ...process.env, NODE_V8_COVERAGE: join(work, 'coverage'), NODE_DISABLE_COMPILE_CACHE: '1' },
      });
      if (status !== 0) throw new Error(`the generator that was built ends with ${status}:\n${stderr}`);
    }
    for (const [file, starts] of calledIn(dist, join(work, 'coverage'))) {
      writeFileSync(file, inParentheses(readFileSync(file, 'utf8'), starts));
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** A CRD with a rule that has to be compiled: that of the example is seen to be good without. @param {string} crd */
function withRule(crd) {
  const ruled = crd.replace('rule: self == oldSelf', 'rule: self == oldSelf && self.size() > 0');
  if (ruled === crd) throw new Error('the example has no rule that could be made longer');
  return ruled;
}

/** Files below a folder, and where the functions begin that were called in them. @param {string} folder @param {string} coverage */
function calledIn(folder, coverage) {
  /** @type {Map<string, Set<number>>} */
  const called = new Map();
  const inside = pathToFileURL(join(folder, '/')).href;
  for (const name of readdirSync(coverage)) {
    for (const { url, functions } of JSON.parse(readFileSync(join(coverage, name), 'utf8')).result) {
      if (!url.startsWith(inside)) continue;
      const file = fileURLToPath(url);
      const starts = called.get(file) ?? new Set();
      called.set(file, starts);
      for (const { ranges } of functions) if (ranges[0].count > 0) starts.add(ranges[0].startOffset);
    }
  }
  return called;
}

/**
 * The same module with functions in parentheses. A declaration of the module becomes a variable, and moves to the beginning of the
 * file, since it is there before anything runs. (Files that import each other in a circle would see the difference.) Methods, and
 * declarations inside of functions, stay as they are.
 *
 * @param {string} code @param {ReadonlySet<number>} starts of the functions
 */
export function inParentheses(code, starts) {
  const { program, errors } = parseSync('bundle.js', code);
  if (errors.length > 0) throw new Error(`a bundle of the generator: ${errors[0].message}`);
  const text = new RolldownMagicString(code);
  const declared = new Set(program.body.filter((node) => node.type === 'FunctionDeclaration'));
  const visit = (node, parent) => {
    if (Array.isArray(node)) {
      for (const one of node) visit(one, parent);
    } else if (typeof node?.type === 'string') {
      if (starts.has(node.start)) wrap(node, parent);
      for (const value of Object.values(node)) if (typeof value === 'object') visit(value, node);
    }
  };
  const wrap = (node, parent) => {
    if (declared.has(node)) {
      text.appendRight(node.start, `var ${node.id.name}=(`).appendLeft(node.end, ');');
      if (node.start > 0) text.move(node.start, node.end, 0);
    } else if (node.type === 'ArrowFunctionExpression' || (node.type === 'FunctionExpression' && !isMethod(parent))) {
      text.appendRight(node.start, '(').appendLeft(node.end, ')');
    }
  };
  visit(program, undefined);
  return text.toString();
}

/** A method, a getter or a setter. */
function isMethod(parent) {
  return (
    parent.type === 'MethodDefinition' || (parent.type === 'Property' && (parent.method || parent.kind !== 'init'))
  );
}
