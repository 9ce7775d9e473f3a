import { systemCode } from '../domain/process/system-error.ts';

type Stream = { on(event: 'error', listener: (error: Error) => void): unknown };

/**
 * Who reads along may stop (`| head`): the command goes on to its end and says nothing more there. What else keeps the answer
 * from being written, such as a full disk, is said and told to `lost`.
 */
export function bearLostOutput(stdout: Stream, stderr: Stream & { write(text: string): unknown }, lost: () => void): void {
  stderr.on('error', () => undefined);
  stdout.on('error', (error) => {
    if (systemCode(error) === 'EPIPE') return;
    lost();
    stderr.write('error: The answer could not be written out.\nhint: Make room on the disk it goes to. What the command did is done.\n');
  });
}
