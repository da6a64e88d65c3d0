/** Compiles templates/*.hbs to generator/tools/precompiled-templates.js, so that generating needs only the Handlebars runtime. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { precompileTemplates } from './precompiled-text.js';

writeFileSync(
  fileURLToPath(new URL('../generator/tools/precompiled-templates.js', import.meta.url)),
  precompileTemplates(),
);
