import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openCore } from '../../main/compose.ts';
import { createClient } from '../../main/contract/client.ts';
import { Secret } from '../../main/contract/secret.ts';

/** Where a practice is whose certificates are to be answered for. */
export interface AnsweredOrder {
  readonly workspace: string;
}

export interface Answered {
  /** OCSP responses: two for each certificate. */
  readonly responses: number;
  readonly perSecond: number;
  /** The 99th percentile of how long the event loop was held, milliseconds. */
  readonly loopDelayP99: number;
}

/** All responses of the issuing authority through the same door as every caller, page by page, as `authority ocsp` asks for them. */
async function answer({ workspace }: AnsweredOrder): Promise<Answered> {
  const door = await openCore({ workspaceDirectory: workspace });
  const client = createClient((name, input) => door.call(name, input, { connection: 'bench', host: 'command-line' }));
  await client.session.signIn({ operator: 'admin', passphrase: new Secret(Buffer.from('bench')) });
  const [, issuing] = (await client.authorities.list({})).authorities;
  const authority = issuing?.id ?? '';
  await client.ocsp.presign({ authority, limit: 100 });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const begin = performance.now();
  let responses = 0;
  for (let after: string | undefined; ;) {
    const page = await client.ocsp.presign({ authority, ...(after === undefined ? {} : { after }) });
    responses += page.files.length;
    if (page.next === null) break;
    after = page.next;
  }
  const perSecond = responses / ((performance.now() - begin) / 1000);
  delay.disable();
  await door.close();
  rmSync(join(workspace, '..'), { recursive: true, force: true });
  return { responses, perSecond, loopDelayP99: delay.percentile(99) / 1e6 };
}

/** One order from the bench that started this process, one answer. */
process.once('message', (order: AnsweredOrder) => void answer(order).then((answered) => process.send?.(answered)));
