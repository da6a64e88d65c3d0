export { readYaml, readYamlDocuments, type ReadYamlOptions } from './read-yaml.js';
export { YamlError, type YamlFault } from './yaml-error.js';
