/** The part of Handlebars that runs precompiled templates. Its own declarations of this entry are empty. */
declare module 'handlebars/runtime.js' {
  interface HandlebarsRuntime {
    create(): HandlebarsRuntime;
    template(precompiled: unknown): (view: object) => string;
  }
  const runtime: HandlebarsRuntime;
  // oxlint-disable-next-line import/no-default-export -- describes a CommonJS module as Node shows it
  export default runtime;
}
