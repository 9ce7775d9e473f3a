/** Says what is to be known when somebody presses Ctrl+C, which then ends the process as ever. Gives what takes that back. */
export function sayWhenInterrupted(say: (text: string) => void, words: string): () => void {
  const hear = () => {
    say(`\n${words}`);
    process.kill(process.pid, 'SIGINT');
  };
  process.once('SIGINT', hear);
  return () => void process.off('SIGINT', hear);
}
