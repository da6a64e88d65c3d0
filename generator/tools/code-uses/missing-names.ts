import { ts } from 'ts-morph';
import type { Unfollowed } from './found.js';
import type { OpenProject } from './open-project.js';

/** What the compiler says where a name has no meaning: names, members, modules, exports. Whether other types fit changes nothing here. */
const codes = new Set([2304, 2305, 2307, 2339, 2503, 2551, 2552, 2614, 2694, 2724]);

/** Where a name has no meaning its type is `any`, and what is done with it does not show. The first place speaks for all. */
export function missingNames(project: OpenProject): Unfollowed[] {
  const { program, files } = project;
  const all = files.flatMap((file) => program.getSemanticDiagnostics(file).filter(({ code }) => codes.has(code)));
  const [first] = all;
  if (first?.file === undefined) return [];
  const text = ts.flattenDiagnosticMessageText(first.messageText, ' ').replace(/\.$/, '');
  const more = all.length === 1 ? '' : ` (and ${all.length - 1} more)`;
  return [
    {
      place: project.placeAt(first.file, first.start ?? 0),
      message: `the project does not compile: ${text}${more}`,
      hint: 'Where a type is missing, what the code needs does not show',
    },
  ];
}
