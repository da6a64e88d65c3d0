/** The templates of `templates/`, compiled by `npm run templates`: what the Handlebars runtime runs. */
export declare const precompiledTemplates: {
  readonly module: unknown;
  readonly rbac: unknown;
  readonly types: unknown;
  readonly 'version-index': unknown;
  readonly 'root-index': unknown;
};
