/**
 * Stands in for `main/compose/worker-entry.ts` in tests: threads and processes as they are built and shipped. From their sources each
 * costs four times the processor, and tests start some thousands of them.
 */
export const workerEntry = (name: string): URL => new URL(`../../dist/core/workers/${name}.js`, import.meta.url);
