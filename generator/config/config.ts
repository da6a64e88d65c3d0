import type { ImportExtension } from '../emit/emit.js';
import type { VersionChoice } from '../model/build.js';
import type { TemplateName } from '../tools/template.js';

/** What goes into one output folder. Paths are relative to the config file. Everything but `input` has the default of the command line. */
export interface TargetConfig {
  /** Files, folders, globs, URLs, or `-` for standard input. */
  readonly input?: string | readonly string[];
  /** Output folder; `generated` by default. */
  readonly out?: string;
  /** Patterns on `group/Kind` or `group/version/Kind`: only what one of them matches; all by default. */
  readonly include?: string | readonly string[];
  /** Patterns as in `include`: not what one of them matches. */
  readonly exclude?: string | readonly string[];
  /** Which versions of each CRD; `served` by default. */
  readonly versions?: VersionChoice;
  /** Whether descriptions become doc comments; true by default. */
  readonly docs?: boolean;
  /** Specifiers in generated imports; `js` by default. */
  readonly importExtension?: ImportExtension;
  /** Whether every operation of OpenAPI documents becomes a type too, in `openapi.ts`; false by default. */
  readonly paths?: boolean;
  /** Whether to read the CRDs and OpenAPI documents of a cluster, instead of `input`; false by default. */
  readonly cluster?: boolean;
  /** The kubeconfig context for `cluster`; the current one by default. */
  readonly context?: string;
  /** The kubeconfig for `cluster`; what kubectl takes by default. */
  readonly kubeconfig?: string;
  /** Handlebars files that take the place of templates of kube-gen; see docs/guide/templates.md. */
  readonly templates?: { readonly [N in TemplateName]?: string };
}

/** A `kube-gen.config.{ts,mjs,json}`: one target, or several that share what stands beside them. */
export interface Config extends TargetConfig {
  /** What goes into which folder, where it is more than one; what a target leaves out is taken from beside. */
  readonly targets?: readonly TargetConfig[];
}

/** Returns its argument: a config file in TypeScript or JavaScript that is checked and completed by the editor. */
export function defineConfig(config: Config): Config {
  return config;
}
