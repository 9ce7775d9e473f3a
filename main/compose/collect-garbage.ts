import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives what has V8 let go of all that nobody refers to any more, soon. Keys of OpenSSL are wiped when they are let go of, and not before;
 * what a first round finalises, the second frees.
 */
export function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  return () => {
    if (typeof collect !== 'function') return;
    const round = (): void => void Reflect.apply(collect, undefined, []);
    setImmediate(() => {
      round();
      setImmediate(round);
    });
  };
}
