import { setFlagsFromString } from 'node:v8';

const isFromSource = import.meta.url.endsWith('.ts');

/**
 * The module of a thread or process of its own, by its name in `main/workers`. In a checkout that is TypeScript, whose
 * types Node takes off with a WebAssembly program in each thread; V8 13.6 can crash when it frees the calls out of that
 * program which it compiled anew for two threads, so it compiles none anew.
 */
export function workerEntry(name: string): URL {
  if (isFromSource) setFlagsFromString('--wasm-wrapper-tiering-budget=1000000000');
  return new URL(isFromSource ? `../workers/${name}.ts` : `./workers/${name}.js`, import.meta.url);
}
