/** The programmatic side of kube-gen: texts in, files out. The command line is `kube-gen`. */
export { defineConfig, type Config, type TargetConfig } from './config/config.js';
export { hasErrors, type Diagnostic, type Severity } from './diagnostics.js';
export type { ImportExtension } from './emit/emit.js';
export type { OutputFile } from './emit/output-file.js';
export {
  generate,
  type GeneratedResource,
  type GenerateOptions,
  type GenerateResult,
  type Summary,
} from './generate.js';
export type { Source } from './load/documents.js';
export type { VersionChoice } from './model/build.js';
export type { TemplateName } from './tools/template.js';
