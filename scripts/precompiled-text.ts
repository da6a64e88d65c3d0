import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';

const folder = fileURLToPath(new URL('../templates/', import.meta.url));

/** The text of generator/tools/precompiled-templates.js, made from the templates as they are now. */
export function precompileTemplates(): string {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.hbs'))
    .map((file) => file.slice(0, -'.hbs'.length))
    .sort();
  const entries = names.map((name) => {
    const compiled: unknown = Handlebars.precompile(readFileSync(`${folder}${name}.hbs`, 'utf8'), {
      noEscape: true,
      strict: true,
      knownHelpers: { each: true, if: true, unless: true },
      knownHelpersOnly: true,
      preventIndent: true,
    });
    return `  '${name}': ${String(compiled)},\n`;
  });
  return `// Made from templates/*.hbs by npm run templates. Do not edit.\nexport const precompiledTemplates = {\n${entries.join('')}};\n`;
}
