/** Calls `act` again and again, without keeping the process alive, until the returned function is called. */
export function repeat(milliseconds: number, act: () => void): () => void {
  const timer = setInterval(act, milliseconds).unref();
  return () => clearInterval(timer);
}
