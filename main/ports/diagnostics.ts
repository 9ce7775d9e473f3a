/**
 * The technical log for support. Takes a trace id, a fixed word and where in the code it happened;
 * never a message or value, so that nothing a person typed can reach it.
 */
export interface Diagnostics {
  report(event: { readonly traceId: string; readonly call: string; readonly error: string; readonly frames: readonly string[] }): void;
}
