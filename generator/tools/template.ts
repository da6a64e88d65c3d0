import handlebars from 'handlebars/runtime.js';
import { precompiledTemplates } from './precompiled-templates.js';

/** The name of a template: `module` is `templates/module.hbs`. */
export type TemplateName = keyof typeof precompiledTemplates;

/** Fills a template with finished text: nothing is escaped, and a name that the view lacks is an error. */
export type Render = (name: TemplateName, view: object) => string;

/** The names of all templates. */
export const templateNames: readonly TemplateName[] = Object.keys(precompiledTemplates) as TemplateName[];

const runtime = handlebars.create();
const rendered = new Map<TemplateName, (view: object) => string>();

/** Fills a template of kube-gen itself. */
export const renderTemplate: Render = (name, view) => {
  let render = rendered.get(name);
  if (render === undefined) {
    render = runtime.template(precompiledTemplates[name]);
    rendered.set(name, render);
  }
  return render(view);
};
