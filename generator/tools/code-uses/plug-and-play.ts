import nodeModule from 'node:module';
import { ts } from 'ts-morph';

/** What Yarn Plug'n'Play adds to Node, where packages lie in archives that it lets `node:fs` look into. */
interface PnpModule {
  readonly findPnpApi?: (file: string) => PnpApi | null;
}

interface PnpApi {
  /** Where a package lies, and what is meant in it. Throws where the file may not import it. */
  resolveToUnqualified(specifier: string, file: string): string | null;
}

/** Lets a compiler find packages where there is no `node_modules`, under Yarn Plug'n'Play; else it finds them by itself. */
export function findPackages(host: ts.CompilerHost): Pick<ts.CompilerHost, 'resolveModuleNameLiterals'> {
  const { findPnpApi } = nodeModule as PnpModule;
  if (findPnpApi === undefined) return {};
  return {
    resolveModuleNameLiterals: (literals, file, redirected, options, source) =>
      literals.map((literal) => {
        const mode = ts.getModeForUsageLocation(source, literal, options);
        const resolveFrom = (from: string): ts.ResolvedModuleWithFailedLookupLocations =>
          ts.resolveModuleName(literal.text, from, options, host, undefined, redirected, mode);
        const found = resolveFrom(file);
        if (found.resolvedModule !== undefined || /^[./]/.test(literal.text)) return found;
        const folder = folderAround(literal.text, findPnpApi(file), file);
        return folder === undefined ? found : resolveFrom(`${folder}/index.ts`);
      }),
  };
}

/** The folder in whose `node_modules` a package lies, mostly an archive. */
function folderAround(specifier: string, api: PnpApi | null, file: string): string | undefined {
  try {
    const path = api?.resolveToUnqualified(specifier, file)?.replaceAll('\\', '/') ?? '';
    return /^(.*)\/node_modules\//.exec(path)?.[1];
  } catch (error) {
    // No dependency of the package: the compiler says that it is not there.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
