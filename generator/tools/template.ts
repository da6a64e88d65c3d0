import handlebars from 'handlebars/runtime.js';
import { precompiledTemplates } from './precompiled-templates.js';

type AnyName = keyof typeof precompiledTemplates;

/** The name of a template of generated modules, which a config may replace: `module` is `templates/module.hbs`. */
export type TemplateName = Exclude<AnyName, 'rbac'>;

/** Fills a template with finished text: nothing is escaped, and a name that the view lacks is an error. */
export type Render = (name: TemplateName, view: object) => string;

/** The names of all that a config may replace. */
export const templateNames: readonly TemplateName[] = Object.keys(precompiledTemplates).filter(
  (name): name is TemplateName => name !== 'rbac',
);

const runtime = handlebars.create();
const rendered = new Map<AnyName, (view: object) => string>();

/** Fills a template of kube-gen itself. */
export const renderTemplate: (name: AnyName, view: object) => string = (name, view) => {
  let render = rendered.get(name);
  if (render === undefined) {
    render = runtime.template(precompiledTemplates[name]);
    rendered.set(name, render);
  }
  return render(view);
};
