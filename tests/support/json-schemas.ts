import { generate, type GenerateOptions } from '../../generator/generate.js';

/** Documents by file. */
export type Inputs = Readonly<Record<string, object>>;

/** Makes the types of JSON Schemas, by file. */
export async function makeSchemas(
  inputs: Inputs,
  options: GenerateOptions = {},
): Promise<{ files: Record<string, string>; messages: string[] }> {
  const sources = Object.entries(inputs).map(([file, document]) => ({
    file,
    text: JSON.stringify(document),
    found: true,
  }));
  const { files, diagnostics } = await generate(sources, options);
  return {
    files: Object.fromEntries(files.map(({ path, content }) => [path, content])),
    messages: diagnostics.map(
      ({ file, line, path, message, hint }) =>
        `${file ?? ''}:${line ?? ''}: ${path === undefined ? '' : `${path}: `}${message}${hint === undefined ? '' : `. ${hint}`}`,
    ),
  };
}

/** What the first line of a schema says that it is. */
export const schemaWord = 'http://json-schema.org/draft-07/schema#';
