import { Worker } from 'node:worker_threads';
import { serveModule } from '../adapters/tokens/serve-module.ts';
import type { ModuleRequest } from '../adapters/tokens/module-protocol.ts';

/**
 * A process for one PKCS #11 library, named by its only argument. Libraries block, hang and crash: here they take nothing
 * with them. A thread waits for the line to the parent to break and then ends the process in the middle of whatever the
 * library does, so that nothing is still being made on a token when the next core looks at it.
 */
const untilParentEnds = "require('node:fs').readSync(4, Buffer.alloc(1)); process.kill(process.pid, 'SIGKILL');";
new Worker(untilParentEnds, { eval: true }).unref();

const [library = ''] = process.argv.slice(2);
const answer = serveModule(library);
process.on('message', (request: ModuleRequest) => process.send?.(answer(request)));
