/** How something stands; each state has its own silhouette, word and colour. */
export type State = 'fine' | 'soon' | 'stopped' | 'ended' | 'waiting' | 'working' | 'held' | 'kept' | 'unknown';

/** The colour family of a state. */
export type Tone = 'good' | 'warn' | 'stop' | 'rest' | 'accent';

export const toneOf: Readonly<Record<State, Tone>> = {
  fine: 'good',
  soon: 'warn',
  stopped: 'stop',
  ended: 'rest',
  waiting: 'accent',
  working: 'accent',
  held: 'rest',
  kept: 'rest',
  unknown: 'rest',
};
