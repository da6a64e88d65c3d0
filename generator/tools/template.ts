import handlebars from 'handlebars/runtime.js';
import { precompiledTemplates } from './precompiled-templates.js';

/** The name of a template: `module` is `templates/module.hbs`. */
export type TemplateName = keyof typeof precompiledTemplates;

const runtime = handlebars.create();
const rendered = new Map<TemplateName, (view: object) => string>();

/** Fills a template with finished text: nothing is escaped, and a name that the view lacks is an error. */
export function renderTemplate(name: TemplateName, view: object): string {
  let render = rendered.get(name);
  if (render === undefined) {
    render = runtime.template(precompiledTemplates[name]);
    rendered.set(name, render);
  }
  return render(view);
}
